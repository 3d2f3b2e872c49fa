import { isFailure } from "../results/is-failure.js";
import { TaskError } from "./errors.js";

/**
 * Is this, thrown or a Failure, how work answers that it was aborted: with the `reason` of its signal, or with the
 * `AbortError` that Node and the Web platform make of it?
 */
export function isCancellation(outcome: unknown, reason: unknown): boolean {
  const origin = isFailure(outcome) ? outcome.error.cause : outcome;
  return origin === reason || isAbort(origin);
}

/** Does this error say that somebody gave the work up, and not that it went wrong? */
export function isAbort(error: unknown): boolean {
  return (
    error instanceof Error &&
    (error.name === "AbortError" || (error instanceof TaskError && error.code === "CANCELLED"))
  );
}
