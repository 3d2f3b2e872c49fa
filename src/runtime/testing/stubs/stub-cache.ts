import type { Cache } from "../../platform/cache/cache.js";
import { type CacheStore, StoredCache, type StoredCacheOptions } from "../../platform/cache/stored-cache.js";
import { Result } from "../../results/result.js";
import { currentClock } from "../../tasks/clock.js";
import { StubCalls, type StubOptions } from "./stub-calls.js";

/** What `stubCache` takes. */
export type StubCacheOptions = StubOptions & StoredCacheOptions;

/**
 * Makes a cache for tests, in memory and without bounds: late and failing as the test wants it, by the clock of the test.
 * Its operations are `get`, `set`, `delete`, `get-or-set`, `increment` and `health`.
 *
 * @example
 * ```ts
 * import { expectFailure, stubCache } from "@phasewise/runtime/testing";
 *
 * const cache = stubCache({ failure: (operation, call) => (call === 1 ? "UNAVAILABLE" : undefined) });
 * expectFailure(await cache.get("rates"), "UNAVAILABLE");
 * ```
 */
export function stubCache(options: StubCacheOptions = {}): Cache & AsyncDisposable {
  const calls = new StubCalls("cache", options);
  const store = new MapStore();
  return Object.assign(new StoredCache(store, calls, options), {
    health: (call?: Parameters<Cache["health"]>[0]) =>
      calls.run("health", call, async () => Result.success({ latencyMs: 0, details: { entries: store.size } })),
    [Symbol.asyncDispose]: async () => store.clear(),
  });
}

class MapStore implements CacheStore {
  readonly #entries = new Map<string, { readonly text: string; readonly dueMs: number }>();

  get size(): number {
    return this.#entries.size;
  }

  clear(): void {
    this.#entries.clear();
  }

  async get(key: string): Promise<string | undefined> {
    return this.#find(key)?.text;
  }

  async set(key: string, text: string, ttlMs = Infinity): Promise<void> {
    this.#entries.set(key, { text, dueMs: currentClock().now() + ttlMs });
  }

  async delete(key: string): Promise<boolean> {
    const isThere = this.#find(key) !== undefined;
    this.#entries.delete(key);
    return isThere;
  }

  async increment(key: string, by: number, ttlMs = Infinity): Promise<number | undefined> {
    const { text, dueMs } = this.#find(key) ?? { text: "0", dueMs: currentClock().now() + ttlMs };
    const sum = Number.isInteger(JSON.parse(text)) ? Number(text) + by : NaN;
    if (!Number.isSafeInteger(sum)) return undefined;
    this.#entries.set(key, { text: String(sum), dueMs });
    return sum;
  }

  #find(key: string) {
    const entry = this.#entries.get(key);
    return entry && entry.dueMs > currentClock().now() ? entry : undefined;
  }
}
