import { PhasewiseError } from "../results/coded-error.js";
import { invalidOption, TaskError } from "../tasks/errors.js";

/** What can be wrong with streams and with their use; `docs/streams.md` has the meaning of each. */
export type StreamErrorCode = "STREAM_USED" | "INVALID_SOURCE" | "INVALID_STAGE" | "NOT_A_FUNCTION" | "STAGE_FAILED";

/** What the misuse of streams throws at once, and what a stream of a pipeline rejects with when a stage fails. */
export class StreamError extends PhasewiseError<StreamErrorCode> {}

/**
 * The failure of a stage of a pipeline, which names the stage; `cause` is what the stage threw.
 *
 * @example
 * ```ts
 * import { map, pipeline, StageError } from "@phasewise/runtime/streams";
 *
 * try {
 *   await pipeline(map(JSON.parse)).stream(["{"]).collect();
 * } catch (error) {
 *   if (error instanceof StageError) console.error(error.index, error.stage, error.cause);
 * }
 * ```
 */
export class StageError extends StreamError {
  /** The stage, with the name of its function if it has one: `filter isPaid`. */
  readonly stage: string;
  /** Its place in the pipeline, from 0. */
  readonly index: number;

  constructor(stage: string, index: number, cause: unknown) {
    super("STAGE_FAILED", `Stage ${index + 1} (${stage}) failed: ${textOf(cause)}`, { cause });
    this.stage = stage;
    this.index = index;
  }
}

export const streamUsed = (call: string) =>
  new StreamError(
    "STREAM_USED",
    `${call}: this stream is used up: it was consumed, or another stream was made of it. ` +
      "Make a new one with AsyncStream.from, or a pipeline, which can be run many times.",
  );

export const invalidSource = (call: string, source: unknown) =>
  new StreamError(
    "INVALID_SOURCE",
    `${call} takes an iterable, an async iterable, a Node Readable or a web ReadableStream, not ${describe(source)}. ` +
      (source instanceof Promise ? "Await the promise." : "Give [value] for a single item."),
  );

/** Why the tasks of a stream are aborted when it has given enough. */
export const unwanted = () => new TaskError("CANCELLED", "The stream was left: no more of its items are wanted.");

/** Why the tasks of a stream are aborted when something else in it failed. */
export const streamFailed = (cause: unknown) =>
  new TaskError("CANCELLED", `The stream has failed: ${textOf(cause)}`, { cause });

/** @throws StreamError `NOT_A_FUNCTION` */
export function requireFunction(call: string, value: unknown): void {
  if (typeof value === "function") return;
  throw new StreamError(
    "NOT_A_FUNCTION",
    `${call} takes a function, not ${describe(value)}: write ${call}((item) => …).`,
  );
}

/** @throws StreamError `INVALID_STAGE` */
export function requireStage(call: string, value: unknown): void {
  if (typeof value === "object" && value !== null && "connect" in value) return;
  throw new StreamError(
    "INVALID_STAGE",
    `${call} takes a stage made by map, filter, flatMap, batch, take, window, mapConcurrent or pipeline, ` +
      `not ${describe(value)}. Write map(fn) for a function.`,
  );
}

/** @throws TaskError `INVALID_OPTION` */
export function requireAmount(call: string, name: string, amount: number): void {
  if (amount === Infinity || (Number.isInteger(amount) && amount >= 0)) return;
  throw invalidOption(call, name, "a whole number, 0 or more", amount);
}

function describe(value: unknown): string {
  if (value instanceof Promise) return "a promise";
  return typeof value === "object" && value !== null
    ? "an object"
    : typeof value === "function"
      ? "a function"
      : String(value);
}

export function textOf(cause: unknown): string {
  return cause instanceof Error ? cause.message || cause.name : String(cause);
}
