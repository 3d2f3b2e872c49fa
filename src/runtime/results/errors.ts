import { PhasewiseError } from "./coded-error.js";
import { formatFailure, formatHeading } from "./format-failure.js";
import type { ResultError } from "./outcome.js";

/**
 * Thrown by `Result.unwrap` for a Failure; the code is `UNWRAPPED_FAILURE`, the Failure's error is in `failure`. Printed, it
 * tells the Failure with all that led to it.
 *
 * @example
 * ```ts
 * import { Result, UnwrapError } from "@phasewise/runtime";
 *
 * try {
 *   Result.unwrap(Result.error("NOT_FOUND", "no invoice i-2"));
 * } catch (error) {
 *   if (error instanceof UnwrapError) console.error(error.failure.code);
 * }
 * ```
 */
export class UnwrapError extends PhasewiseError<"UNWRAPPED_FAILURE"> {
  readonly #failure: ResultError;

  constructor(failure: ResultError) {
    const heading = describeFailure(failure);
    super("UNWRAPPED_FAILURE", `Unwrapped a Failure: ${heading}`, { cause: failure.cause });
    this.#failure = failure;
    if (this.stack) this.stack = this.stack.replace(heading, () => formatFailure(failure, { stack: "none" }));
  }

  get failure(): ResultError {
    return this.#failure;
  }
}

/** The failure in one line: its code and its message. */
export function describeFailure({ code, message }: ResultError): string {
  return formatHeading({ code, message });
}
