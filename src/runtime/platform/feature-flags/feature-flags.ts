import type { Result } from "../../results/result.js";
import type { CallOptions, PlatformFailureCode, PlatformService } from "../platform-service.js";

/** What JSON can hold. */
export type FlagObject =
  { readonly [name: string]: FlagObject } | readonly FlagObject[] | string | number | boolean | null;

/** Who or what a flag is evaluated for. */
export interface FlagContext {
  /** What stands for the user, or the subject: the same one always gets the same part of a percentage. */
  readonly targetingKey?: string;
  readonly [attribute: string]: string | number | boolean | undefined;
}

/**
 * Why a fallback stands in for a flag:
 *
 * - `NOT_FOUND`: there is no such flag
 * - `TYPE_MISMATCH`: its value is of another type
 * - `INVALID_CONTEXT`: the flag needs something else of the context, such as a targeting key
 * - `UNAVAILABLE`: it could not be evaluated
 */
export type FallbackReason = "NOT_FOUND" | "TYPE_MISMATCH" | "INVALID_CONTEXT" | "UNAVAILABLE";

/** What came of a flag. */
export interface FlagEvaluation<T> {
  readonly value: T;
  /** Why it is this value, in the words of OpenFeature, such as `STATIC`, `TARGETING_MATCH`, `SPLIT` or `ERROR`. */
  readonly reason: string;
  /** The name of the value, if it has one. */
  readonly variant: string | undefined;
  /** Why the value is the fallback; nothing when it is that of the flag. */
  readonly fallback: FallbackReason | undefined;
}

/** The answer of `FeatureFlags`. */
export type FlagResult<T> = Promise<Result<FlagEvaluation<T>, PlatformFailureCode>>;

/**
 * Evaluates feature flags. What is wrong with a flag gives its fallback, and says so: only that the service is not active, or
 * that the call was given up or is late, is a Failure.
 *
 * @example
 * ```ts
 * import type { FeatureFlags } from "@phasewise/runtime/platform";
 *
 * export async function findCheckout(flags: FeatureFlags, userId: string): Promise<string> {
 *   const isNew = await flags.getBoolean("new-checkout", false, { targetingKey: userId });
 *   return isNew.success && isNew.data.value ? "new" : "old";
 * }
 * ```
 */
export interface FeatureFlags extends PlatformService {
  getBoolean(flag: string, fallback: boolean, context?: FlagContext, options?: CallOptions): FlagResult<boolean>;
  getString(flag: string, fallback: string, context?: FlagContext, options?: CallOptions): FlagResult<string>;
  getNumber(flag: string, fallback: number, context?: FlagContext, options?: CallOptions): FlagResult<number>;
  /** The shape of an object is not checked: do that where it is used. */
  getObject(flag: string, fallback: FlagObject, context?: FlagContext, options?: CallOptions): FlagResult<FlagObject>;
}
