import { leftBehind } from "./errors.js";
import { LeakCheck } from "./leak-check.js";

/** What `expectNoLeaks` takes beside the work. */
export interface LeakCheckOptions {
  /** How long what is being closed may take for that, in milliseconds of real time; 100 by default. */
  readonly graceMs?: number;
}

/**
 * Runs the work, which boots and stops an application, and gives its outcome if it has left nothing behind: no timer,
 * socket, server, child process or other resource that keeps the process alive; and of a `testApplication`, no work of a
 * module that goes on, and no timer of its fake clock. What others do meanwhile, such as the test framework, does not count.
 *
 * @throws AssertionError that tells what was left, with the line that made it and the id of its module.
 *
 * @example
 * ```ts
 * import { defineModule } from "@phasewise/runtime";
 * import { expectNoLeaks, testApplication } from "@phasewise/runtime/testing";
 *
 * await expectNoLeaks(async () => {
 *   await using app = await testApplication({ modules: [defineModule({ id: "billing", version: "1.0.0" })] });
 *   console.log(app.report.status);
 * });
 * ```
 */
export async function expectNoLeaks<T>(work: () => Promise<T>, { graceMs = 100 }: LeakCheckOptions = {}): Promise<T> {
  const check = new LeakCheck();
  try {
    const outcome = await check.enclose(work);
    const leaks = await check.findLeaks(graceMs);
    if (leaks.length > 0) throw leftBehind(leaks, expectNoLeaks);
    return outcome;
  } finally {
    check.stop();
  }
}
