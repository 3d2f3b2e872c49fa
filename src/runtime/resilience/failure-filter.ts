import { invalidOption } from "../tasks/errors.js";
import { isAbort } from "../tasks/is-cancellation.js";

/**
 * Which failures a policy is concerned with: those with one of these codes, or those that the function says yes to. It is
 * asked with what was thrown, or with the error of the Failure.
 */
export type FailureFilter = readonly string[] | ((error: unknown) => boolean);

/** By default every failure is one, except that the work was given up. */
export function failureTest(owner: string, option: string, filter: FailureFilter | undefined) {
  if (filter === undefined) return (error: unknown) => !isGivenUp(error);
  if (typeof filter === "function") return filter;
  if (!Array.isArray(filter)) throw invalidOption(owner, option, "a list of codes or a function", filter);
  const codes = new Set<unknown>(filter);
  return (error: unknown) => codes.has((error as { code?: unknown } | null | undefined)?.code);
}

/** Does this, thrown or the error of a Failure, say that somebody gave the work up, and not that it went wrong? */
export function isGivenUp(error: unknown): boolean {
  return isAbort(error) || isAbort(causeOf(error));
}

/** Is this, thrown or the error of a Failure, the answer to the abort of this signal? */
export function isAnswerTo(signal: AbortSignal | undefined, error: unknown): boolean {
  if (!signal?.aborted) return false;
  return error === signal.reason || causeOf(error) === signal.reason || isGivenUp(error);
}

function causeOf(error: unknown): unknown {
  return (error as { cause?: unknown } | null | undefined)?.cause;
}
