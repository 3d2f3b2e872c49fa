import { Result } from "../../results/result.js";
import { readJson, writeJson } from "../json-text.js";
import type { PlatformCalls } from "../platform-calls.js";
import type { CallOptions } from "../platform-service.js";
import type { Cache, CacheFailureCode, CacheKey, CacheWriteOptions } from "./cache.js";
import { writeCacheKey } from "./cache-key.js";
import { SingleFlight } from "./single-flight.js";

/** What an adapter of a cache does: it keeps texts by key, and throws when it cannot. A text is gone after its `ttlMs`. */
export interface CacheStore {
  /** Gives the text, or nothing. */
  get(key: string): Promise<string | null | undefined>;
  set(key: string, text: string, ttlMs: number | undefined): Promise<void>;
  /** Says whether there was something. */
  delete(key: string): Promise<boolean>;
  /** Adds to a whole number as one step, and gives the sum; nothing when the text there, or the sum, is none. */
  increment(key: string, by: number, ttlMs: number | undefined): Promise<number | undefined>;
}

/** What a `StoredCache` is made of. */
export interface StoredCacheOptions {
  /** How long what is written without a `ttlMs` is kept, in milliseconds; for as long as there is room by default. */
  readonly ttlMs?: number | undefined;
}

type Place = { readonly key: string; readonly ttlMs: number | undefined };

/**
 * The operations of a cache over a store: what all adapters do alike. Keys and times are checked, values are JSON, and
 * computations are shared.
 *
 * @example
 * ```ts
 * import { type CacheStore, PlatformCalls, StoredCache } from "@phasewise/runtime/platform";
 *
 * export const cacheOver = (store: CacheStore) =>
 *   new StoredCache(store, new PlatformCalls({ service: "cache", timeoutMs: 1_000, codeOf: () => "UNAVAILABLE" }));
 * ```
 */
export class StoredCache implements Omit<Cache, "health"> {
  readonly #store: CacheStore;
  readonly #calls: Pick<PlatformCalls, "run">;
  readonly #ttlMs: number | undefined;
  readonly #flights = new SingleFlight();

  constructor(store: CacheStore, calls: Pick<PlatformCalls, "run">, { ttlMs }: StoredCacheOptions = {}) {
    this.#store = store;
    this.#calls = calls;
    this.#ttlMs = ttlMs;
  }

  get<T>(key: CacheKey, options?: CallOptions): Promise<Result<T | undefined, CacheFailureCode>> {
    return this.#calls.run("get", options, async () => {
      const place = writeCacheKey(key);
      if (!place.success) return place;
      const text = await this.#store.get(place.data);
      return text == null ? Result.success(undefined) : readJson<T>(text);
    });
  }

  set(key: CacheKey, value: unknown, options?: CacheWriteOptions): Promise<Result<undefined, CacheFailureCode>> {
    return this.#calls.run("set", options, async () => {
      const place = this.#find(key, options);
      if (!place.success) return place;
      const text = writeJson(value);
      if (!text.success) return text;
      await this.#store.set(place.data.key, text.data, place.data.ttlMs);
      return Result.success(undefined);
    });
  }

  delete(key: CacheKey, options?: CallOptions): Promise<Result<boolean, CacheFailureCode>> {
    return this.#calls.run("delete", options, async () => {
      const place = writeCacheKey(key);
      return place.success ? Result.success(await this.#store.delete(place.data)) : place;
    });
  }

  getOrSet<T, C extends string = never>(
    key: CacheKey,
    compute: (signal: AbortSignal) => Promise<Result<T, C>>,
    options?: CacheWriteOptions,
  ): Promise<Result<T, C | CacheFailureCode | "COMPUTE_FAILED">> {
    return this.#calls.run<T, C | CacheFailureCode | "COMPUTE_FAILED">("get-or-set", options, async (scope) => {
      const place = this.#find(key, options);
      if (!place.success) return place;
      const work = (signal: AbortSignal) => this.#getOrCompute(place.data, compute, signal);
      const text = await this.#flights.run(place.data.key, scope.signal, work);
      return text.success ? readJson<T>(text.data) : text;
    });
  }

  increment(key: CacheKey, by = 1, options?: CacheWriteOptions): Promise<Result<number, CacheFailureCode>> {
    return this.#calls.run("increment", options, async () => {
      const place = this.#find(key, options);
      if (!place.success) return place;
      if (!Number.isSafeInteger(by)) return Result.error("NOT_A_NUMBER", `${by} is no whole number to increment by.`);
      const sum = await this.#store.increment(place.data.key, by, place.data.ttlMs);
      if (sum !== undefined) return Result.success(sum);
      return Result.error("NOT_A_NUMBER", `What is kept as ${place.data.key}, or the sum, is no whole number.`);
    });
  }

  /** Everybody who waits reads the text for himself, so that nobody changes what another one was given. */
  async #getOrCompute<T, C extends string>(
    { key, ttlMs }: Place,
    compute: (signal: AbortSignal) => Promise<Result<T, C>>,
    signal: AbortSignal,
  ): Promise<Result<string, C | "NOT_SERIALIZABLE" | "COMPUTE_FAILED">> {
    const known = await this.#store.get(key);
    if (known != null) return Result.success(known);
    const attempt = await Result.attempt("COMPUTE_FAILED", () => compute(signal));
    const computed = attempt.success ? attempt.data : attempt;
    if (!computed.success) return computed;
    const text = writeJson(computed.data);
    if (text.success && !signal.aborted) await this.#store.set(key, text.data, ttlMs).catch(() => {});
    return text;
  }

  #find(key: CacheKey, { ttlMs = this.#ttlMs }: CacheWriteOptions = {}): Result<Place, "INVALID_KEY" | "INVALID_TTL"> {
    const isValid = ttlMs === undefined || (Number.isSafeInteger(ttlMs) && ttlMs > 0);
    if (!isValid) return Result.error("INVALID_TTL", `ttlMs must be a whole number of milliseconds, not ${ttlMs}.`);
    return Result.map(writeCacheKey(key), (text) => ({ key: text, ttlMs }));
  }
}
