import { PhasewiseError } from "../results/coded-error.js";
import type { Failure } from "../results/outcome.js";
import { Result } from "../results/result.js";
import { invalidOption, requireDuration, TaskError } from "./errors.js";

/** What can be wrong with the use of a task runner; `docs/task-runner.md` has the meaning. */
export type TaskRunnerErrorCode = "CLOSED";

/** What a `TaskRunner` throws when it is used after its end in a way that no Failure can answer. */
export class TaskRunnerError extends PhasewiseError<TaskRunnerErrorCode> {}

export const pausedAfterClose = () =>
  new TaskRunnerError("CLOSED", "runner.pause was called after runner.close. Call it before, or leave it out.");

export const cancelledByClose = () =>
  new TaskError("CANCELLED", "The task was cancelled, because its runner was closed.");

export const queueFull = (queued: number): Failure<"QUEUE_FULL"> =>
  Result.error(
    "QUEUE_FULL",
    `No worker is free, and ${queued} tasks are queued already. Await runner.whenRoom() first, or raise maxQueueSize.`,
  );

export const refusedAfterClose = (): Failure<"CLOSED"> =>
  Result.error("CLOSED", "The task was not begun, because its runner was closed. Submit it before that.");

/** A duration in which something can happen. */
export function requireSpan(call: string, name: string, durationMs: number): void {
  requireDuration(call, name, durationMs);
  if (durationMs === 0) throw invalidOption(call, name, "above 0", durationMs);
}

export function requireFiniteCount(call: string, name: string, count: number): void {
  if (!(Number.isSafeInteger(count) && count >= 1)) throw invalidOption(call, name, "a whole number above 0", count);
}

export function requireSize(call: string, name: string, size: number): void {
  if (size >= 0 && (Number.isInteger(size) || size === Infinity)) return;
  throw invalidOption(call, name, "a whole number from 0, or Infinity", size);
}
