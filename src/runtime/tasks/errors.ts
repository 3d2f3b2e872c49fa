import { PhasewiseError } from "../results/coded-error.js";
import { describeFailure } from "../results/errors.js";
import { isFailure } from "../results/is-failure.js";

/** What can be wrong with tasks and with their use; `docs/tasks.md` has the meaning of each. */
export type TaskErrorCode =
  | "TIMED_OUT"
  | "CANCELLED"
  | "GROUP_CLOSED"
  | "TASKS_STOPPED"
  | "TRANSACTION_ENDED"
  | "TRANSACTION_BUSY"
  | "NESTING_UNSUPPORTED"
  | "ROLLBACK_FAILED"
  | "NOT_A_FUNCTION"
  | "INVALID_OPTION";

/** What work that ran out of time or was cancelled, and misuse of the functions for tasks, reject with. */
export class TaskError extends PhasewiseError<TaskErrorCode> {}

/**
 * What a `taskGroup` rejects with when tasks of it failed: `errors` has each failure once, in the order in which they
 * happened, those of nested groups among them. The code is `TASKS_FAILED`.
 *
 * @example
 * ```ts
 * import { taskGroup, TaskGroupError } from "@phasewise/runtime";
 *
 * try {
 *   await taskGroup(async (group) => void group.run(async () => JSON.parse("{")));
 * } catch (error) {
 *   if (error instanceof TaskGroupError) for (const failure of error.errors) console.error(failure);
 * }
 * ```
 */
export class TaskGroupError extends AggregateError {
  readonly code = "TASKS_FAILED";

  constructor(failures: readonly unknown[]) {
    const number = failures.length === 1 ? "A task" : `${failures.length} tasks`;
    super(failures, `${number} of the group failed:\n${failures.map((failure) => `- ${textOf(failure)}`).join("\n")}`);
    this.name = "TaskGroupError";
  }
}

export const timedOut = (elapsedMs: number, work = "The work") =>
  new TaskError(
    "TIMED_OUT",
    `${work} was not done after ${Math.round(elapsedMs)} ms. Let it end sooner, or raise timeoutMs.`,
  );

export const siblingFailed = (cause: unknown) =>
  new TaskError("CANCELLED", `The task was cancelled, because another one of its group failed: ${textOf(cause)}`, {
    cause,
  });

export const groupEnded = () =>
  new TaskError("CANCELLED", "The task group has ended. Await in it what needs its signal.");

export const groupClosed = (call: string) =>
  new TaskError(
    "GROUP_CLOSED",
    `${call} was called after its task group had ended. Call it before the body and all tasks are done.`,
  );

export const tasksStopped = (name: string) =>
  new TaskError(
    "TASKS_STOPPED",
    `The background task "${name}" was not begun, because its module is stopping. Begin it before that.`,
  );

export const transactionEnded = (what: string) =>
  new TaskError(
    "TRANSACTION_ENDED",
    `${what} its transaction had ended. Await it in the function that the transaction runs.`,
  );

export const transactionBusy = () =>
  new TaskError(
    "TRANSACTION_BUSY",
    "findConnection was called while a nested transaction was running, which could undo what is done now. Await that one first.",
  );

export const nestingUnsupported = () =>
  new TaskError(
    "NESTING_UNSUPPORTED",
    "transaction was called within a transaction of the same source, which has no savepoints. " +
      "Use the connection of the outer one, or give what begin gives a savepoint method.",
  );

/** `outcome` is what the transaction was rolled back for: what was thrown, or a Failure. */
export const rollbackFailed = (outcome: unknown, error: unknown) => {
  const [first, text] = isFailure(outcome)
    ? [outcome.error, describeFailure(outcome.error)]
    : [outcome, textOf(outcome)];
  return new TaskError(
    "ROLLBACK_FAILED",
    `A transaction failed (${text}), and then its rollback (${textOf(error)}). Let the source discard the connection.`,
    { cause: new AggregateError([first, error]) },
  );
};

export const notAFunction = (call: string, value: unknown) =>
  new TaskError(
    "NOT_A_FUNCTION",
    `${call} takes a function that begins the work, not ${value instanceof Promise ? "a promise" : String(value)}: ` +
      `write ${call}(() => …).`,
  );

export const invalidOption = (call: string, name: string, expectation: string, value: unknown) =>
  new TaskError("INVALID_OPTION", `${call}: ${name} must be ${expectation}, not ${String(value)}.`);

/** Node's timers take no more: they would fire at once. */
const longestMs = 2 ** 31 - 1;

export function requireDuration(call: string, name: string, durationMs: number): void {
  if (durationMs >= 0 && durationMs <= longestMs) return;
  throw invalidOption(call, name, `a number of milliseconds from 0 to ${longestMs}`, durationMs);
}

export function requireCount(call: string, name: string, count: number): void {
  if (count >= 1 && (Number.isInteger(count) || count === Infinity)) return;
  throw invalidOption(call, name, "a whole number above 0", count);
}

function textOf(failure: unknown): string {
  return failure instanceof Error ? failure.message || failure.name : String(failure);
}
