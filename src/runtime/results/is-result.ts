import { isFailure } from "./is-failure.js";
import type { Result } from "./result.js";

/** Is this value, of whatever origin, a Result? */
export function isResult(value: unknown): value is Result<unknown> {
  if (isFailure(value)) return true;
  return typeof value === "object" && value !== null && "success" in value && value.success === true && "data" in value;
}
