import { CheckerFailure } from "./checker-failure.js";
import { isGate } from "./gate.js";
import { CheckerSession } from "./session.js";

let session: CheckerSession | undefined;
let isUnavailable = false;

/** The checker that the rules of this process share, started at the first question; `undefined` where there is none. */
export function getCurrentSession(): CheckerSession | undefined {
  if (isUnavailable) return undefined;
  if (session?.hasEnded) dropDeadSession();
  try {
    return (session ??= startSession());
  } catch (error) {
    isUnavailable = true;
    reportUnavailable(error);
    return undefined;
  }
}

/** Lets go of a checker that has died, so that the next question starts another; `false` when it is alive. */
export function dropDeadSession(): boolean {
  if (!session || session.isAlive()) return false;
  process.off("exit", closeSession);
  closeSession();
  session = undefined;
  return true;
}

/** One that dies at its first question is started once more, as one that dies later is. */
function startSession(attempts = 2): CheckerSession {
  const started = new CheckerSession();
  if (started.isAlive()) {
    process.prependOnceListener("exit", closeSession);
    return started;
  }
  started.close();
  if (attempts > 1) return startSession(attempts - 1);
  throw new Error("it ends at once");
}

function closeSession(): void {
  session?.close();
}

/** The gate must not pass without types, and says so in its environment; for an editor a note is enough. */
function reportUnavailable(error: unknown): void {
  const reason = error instanceof Error ? error.message : String(error);
  const fact = `TypeScript's native checker does not start (${reason}).`;
  const remedy = "Reinstall with optional dependencies, which bring the checker of your platform.";
  if (isGate) throw new CheckerFailure(`${fact} ${remedy}`);
  process.stderr.write(`phasewise: ${fact} Rules go by syntax alone until it does. ${remedy}\n`);
}
