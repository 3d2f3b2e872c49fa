import { isResult } from "./is-result.js";
import { Result } from "./result.js";

/** A Result as it is, and anything else as the data of a Success. */
export function toResult(outcome: unknown): Result<unknown> {
  return isResult(outcome) ? outcome : Result.success(outcome);
}
