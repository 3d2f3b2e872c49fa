import { AssertionError } from "node:assert";
import { describeFailure } from "../results/errors.js";
import type { Failure, ResultError } from "../results/outcome.js";
import type { Result } from "../results/result.js";

/**
 * Gives the data of a Success.
 *
 * @throws AssertionError for a Failure, telling its code and message.
 *
 * @example
 * ```ts
 * import { Result } from "@phasewise/runtime";
 * import { expectSuccess } from "@phasewise/runtime/testing";
 *
 * const invoice = expectSuccess(Result.success({ id: "i-1" }));
 * console.log(invoice.id);
 * ```
 */
export function expectSuccess<T>(result: Result<T>): T {
  if (result.success) return result.data;
  throw new AssertionError({
    message: `Expected a Success, but got a Failure ${describeFailure(result.error)}`,
    actual: result,
    expected: { success: true },
    operator: "expectSuccess",
    stackStartFn: expectSuccess,
  });
}

/**
 * Gives the error of a Failure that has this code.
 *
 * @throws AssertionError for a Success, and for a Failure with another code.
 *
 * @example
 * ```ts
 * import { Result } from "@phasewise/runtime";
 * import { expectFailure } from "@phasewise/runtime/testing";
 *
 * const error = expectFailure(Result.error("NOT_FOUND", "no invoice i-2"), "NOT_FOUND");
 * console.log(error.message);
 * ```
 */
export function expectFailure<C extends string, Expected extends C>(
  result: Result<unknown, C>,
  code: Expected,
): ResultError<Expected> {
  if (isFailureOf(result, code)) return result.error;
  throw new AssertionError({
    message: `Expected a Failure ${code}, but got ${result.success ? "a Success" : `a Failure ${describeFailure(result.error)}`}`,
    actual: result,
    expected: { success: false, error: { code } },
    operator: "expectFailure",
    stackStartFn: expectFailure,
  });
}

function isFailureOf<C extends string>(result: Result<unknown>, code: C): result is Failure<C> {
  return !result.success && result.error.code === code;
}
