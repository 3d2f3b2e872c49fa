import type { FallbackReason, FlagEvaluation } from "./feature-flags.js";

/** What is used of the evaluation details of OpenFeature. */
export interface FlagDetails {
  readonly value: unknown;
  readonly reason?: string;
  readonly variant?: string;
  readonly errorCode?: string;
}

const fallbacks: ReadonlyMap<string, FallbackReason> = new Map([
  ["FLAG_NOT_FOUND", "NOT_FOUND"],
  ["TYPE_MISMATCH", "TYPE_MISMATCH"],
  ["INVALID_CONTEXT", "INVALID_CONTEXT"],
  ["TARGETING_KEY_MISSING", "INVALID_CONTEXT"],
]);

/**
 * Makes an evaluation of what OpenFeature answers, for adapters of `FeatureFlags`: a value of another type than the
 * fallback, which some providers give, is not passed on.
 *
 * @example
 * ```ts
 * import { evaluationOf } from "@phasewise/runtime/platform";
 *
 * console.log(evaluationOf({ value: "yes", reason: "STATIC" }, false).fallback); // TYPE_MISMATCH
 * ```
 */
export function evaluationOf<T>({ value, reason, variant, errorCode }: FlagDetails, fallback: T): FlagEvaluation<T> {
  if (errorCode !== undefined) {
    const why = fallbacks.get(errorCode) ?? "UNAVAILABLE";
    return { value: fallback, reason: "ERROR", variant: undefined, fallback: why };
  }
  if (kindOf(value) !== kindOf(fallback)) {
    return { value: fallback, reason: "ERROR", variant: undefined, fallback: "TYPE_MISMATCH" };
  }
  return { value: value as T, reason: reason ?? "UNKNOWN", variant, fallback: undefined };
}

/** Lists and records are objects alike: the shape is for the caller to check. */
function kindOf(value: unknown): string {
  return value === null || Number.isNaN(value) ? String(value) : typeof value;
}
