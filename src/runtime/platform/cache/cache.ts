import type { Result } from "../../results/result.js";
import type { CallOptions, PlatformFailureCode, PlatformService } from "../platform-service.js";

/**
 * Where a value is: a text, or a path of texts such as `["sessions", id]`. Two different paths never meet, whatever
 * their texts contain; a text is the path of that text alone.
 */
export type CacheKey = string | readonly string[];

/**
 * What the calls of a cache may fail with:
 *
 * - `INVALID_KEY`: a key is 1 to 512 bytes of well-formed Unicode, without control characters; so is each text of a path
 * - `INVALID_TTL`: a time to live is a whole number of milliseconds, from 1
 * - `NOT_SERIALIZABLE`: JSON has no form for the value; or what is stored there is no JSON
 * - `NOT_A_NUMBER`: what should be incremented, its increment, or the sum is no whole number within ±(2^53 − 1)
 */
export type CacheFailureCode =
  PlatformFailureCode | "INVALID_KEY" | "INVALID_TTL" | "NOT_SERIALIZABLE" | "NOT_A_NUMBER";

/** What calls take that write. */
export interface CacheWriteOptions extends CallOptions {
  /** How long the value is kept, in milliseconds; by default what the settings of the adapter say. */
  readonly ttlMs?: number | undefined;
}

/**
 * Keeps JSON values for a while: any of them may be gone at any time. What is read is a copy of what was written.
 *
 * @example
 * ```ts
 * import { Result } from "@phasewise/runtime";
 * import type { Cache } from "@phasewise/runtime/platform";
 *
 * export const findRate = (cache: Cache, currency: string) =>
 *   cache.getOrSet(["rates", currency], async () => Result.success(1.1), { ttlMs: 60_000 });
 * ```
 */
export interface Cache extends PlatformService {
  /** Gives the value, or `undefined` when there is none. Its type is the word of the caller. */
  get<T>(key: CacheKey, options?: CallOptions): Promise<Result<T | undefined, CacheFailureCode>>;

  /** Keeps the value, in place of the one before and of its time to live. */
  set(key: CacheKey, value: unknown, options?: CacheWriteOptions): Promise<Result<undefined, CacheFailureCode>>;

  /** Forgets the value, and says whether there was one. */
  delete(key: CacheKey, options?: CallOptions): Promise<Result<boolean, CacheFailureCode>>;

  /**
   * Gives the value, or computes and keeps it. Calls of this process at the same time share one computation; its signal
   * aborts when none of them waits any more. A Failure is given to all of them and not kept; a throw is `COMPUTE_FAILED`.
   * What was computed is given even when it could not be kept. The time limit is one for all, computation included.
   */
  getOrSet<T, C extends string = never>(
    key: CacheKey,
    compute: (signal: AbortSignal) => Promise<Result<T, C>>,
    options?: CacheWriteOptions,
  ): Promise<Result<T, C | CacheFailureCode | "COMPUTE_FAILED">>;

  /**
   * Adds to the whole number that is kept there, 0 if there is none, and gives the sum; no other increment comes in
   * between. `ttlMs` counts for a number that this call begins: an increment does not prolong.
   */
  increment(key: CacheKey, by?: number, options?: CacheWriteOptions): Promise<Result<number, CacheFailureCode>>;
}
