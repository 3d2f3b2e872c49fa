import assert from "node:assert/strict";
import { describeFailure } from "../results/errors.js";
import type { Result } from "../results/result.js";

/** Gives the data of a Success; a Failure is an `AssertionError` that tells it. */
export function assertSuccess<T>(result: Result<T>): T {
  if (result.success) return result.data;
  return assert.fail(`expected a Success, but got a Failure ${describeFailure(result.error)}`);
}

/** Anything but a Success with just this data is an `AssertionError`. */
export function assertData(result: Result<unknown>, data: unknown): void {
  assert.deepEqual(assertSuccess(result), data);
}

/** Anything but a Failure with this code is an `AssertionError`. */
export function assertFailure<C extends string>(result: Result<unknown, C>, code: NoInfer<C>): void {
  const got = result.success ? "a Success" : `a Failure ${describeFailure(result.error)}`;
  assert.ok(!result.success && result.error.code === code, `expected a Failure ${code}, but got ${got}`);
}
