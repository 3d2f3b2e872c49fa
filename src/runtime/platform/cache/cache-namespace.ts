import type { Cache, CacheKey } from "./cache.js";

/**
 * The part of a cache whose keys begin with this name: the same cache, with `[name, …key]` for every key. Namespaces
 * never meet each other, nor a namespace within another one.
 *
 * @example
 * ```ts
 * import { type Cache, cacheNamespace } from "@phasewise/runtime/platform";
 *
 * export const findSession = (cache: Cache, id: string) => cacheNamespace(cache, "sessions").get<{ user: string }>(id);
 * ```
 */
export function cacheNamespace(cache: Cache, name: string): Cache {
  const within = (key: CacheKey): CacheKey => [name, ...(typeof key === "string" ? [key] : key)];
  return {
    get: (key, options) => cache.get(within(key), options),
    set: (key, value, options) => cache.set(within(key), value, options),
    delete: (key, options) => cache.delete(within(key), options),
    getOrSet: (key, compute, options) => cache.getOrSet(within(key), compute, options),
    increment: (key, by, options) => cache.increment(within(key), by, options),
    health: (options) => cache.health(options),
  };
}
