type CleanUp = () => Promise<void>;
type Register = (cleanUp: CleanUp) => unknown;

/** The context that vitest or node:test hands to a running test. */
export type TestContext = { onTestFinished(cleanUp: CleanUp): unknown } | { after(cleanUp: CleanUp): unknown };

/** What frameworks put into the global scope. */
interface Framework {
  readonly onTestFinished?: Register;
  readonly afterEach?: Register;
}

const framework = globalThis as Framework;

/**
 * Runs the clean-up when the running test has ended: the test of this context, or the one that the framework knows of.
 * Where it cannot be known, nothing is run: the test stops its application by itself.
 */
export async function runAtEndOfTest(cleanUp: CleanUp, test?: TestContext): Promise<void> {
  if (test) "after" in test ? test.after(cleanUp) : test.onTestFinished(cleanUp);
  else if (framework.onTestFinished) tryToRegister(framework.onTestFinished, cleanUp);
  else if (cleanUps) cleanUps.push(cleanUp);
  else if (process.env["NODE_TEST_CONTEXT"] !== undefined) (await import("node:test")).after(cleanUp);
}

/** jest allows no hook to be added by a running test, so this one is added while the file of the test is loaded. */
const cleanUps = framework.onTestFinished ? undefined : collectCleanUps(framework.afterEach);

function collectCleanUps(afterEach: Register | undefined): CleanUp[] | undefined {
  if (!afterEach) return undefined;
  const collected: CleanUp[] = [];
  const hasRegistered = tryToRegister(afterEach, async () => {
    for (const cleanUp of collected.splice(0).reverse()) await cleanUp();
  });
  return hasRegistered ? collected : undefined;
}

/** Frameworks refuse a hook where no test runs, or where one does. */
function tryToRegister(register: Register, cleanUp: CleanUp): boolean {
  try {
    register(cleanUp);
    return true;
  } catch {
    return false;
  }
}
