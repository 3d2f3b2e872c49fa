import type { Failure } from "./outcome.js";

/** Is this value, of whatever origin, a Failure? */
export function isFailure(value: unknown): value is Failure {
  if (typeof value !== "object" || value === null) return false;
  const { success, error } = value as Partial<Failure>;
  return success === false && typeof error?.code === "string";
}
