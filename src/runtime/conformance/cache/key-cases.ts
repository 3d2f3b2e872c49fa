import type { CacheKey } from "../../platform/cache/cache.js";
import { cacheNamespace } from "../../platform/cache/cache-namespace.js";
import { assertData, assertFailure } from "../assert-result.js";
import type { CacheCases } from "./cache-cases.js";
import { neverAsked } from "./computations.js";

/** Each of them is another place. */
const places: readonly CacheKey[] = [
  ...[
    "a",
    "A",
    "a:b",
    "a%3Ab",
    "a b",
    "*",
    "?",
    "[a]",
    "{a}",
    "__proto__",
    "constructor",
    "../a",
    "a/b",
    "ä",
    "a\u0308",
  ],
  ...["🎈", "'; DROP TABLE a; --", "x".repeat(512), ["a", "b"], ["a", "b", "c"], ["a", "b:c"], ["a:b", "c"]],
];

/** What keys and namespaces have to do. */
export const keyCases = {
  "keeps every key apart, whatever it contains": async (cache) => {
    for (const [index, key] of places.entries()) assertData(await cache.set(key, index), undefined);
    for (const [index, key] of places.entries()) assertData(await cache.get(key), index);
    assertData(await cache.delete(["a", "b"]), true);
    assertData(await cache.get("a:b"), places.indexOf("a:b"));
  },
  "refuses keys that are empty, too long, or have control characters or half a character": async (cache) => {
    const invalid: CacheKey[] = [
      "",
      [],
      ["a", ""],
      "x".repeat(513),
      "ä".repeat(300),
      "a\r\nb",
      "a\u0000",
      "\u007f",
      "\ud800",
    ];
    for (const key of invalid) {
      assertFailure(await cache.get(key), "INVALID_KEY");
      assertFailure(await cache.set(key, 1), "INVALID_KEY");
      assertFailure(await cache.delete(key), "INVALID_KEY");
      assertFailure(await cache.increment(key), "INVALID_KEY");
      assertFailure(await cache.getOrSet(key, neverAsked), "INVALID_KEY");
    }
  },
  "keeps namespaces apart, also within each other": async (cache) => {
    const spaces = [cache, cacheNamespace(cache, "a"), cacheNamespace(cacheNamespace(cache, "a"), "b")];
    spaces.push(cacheNamespace(cache, "a:b"), cacheNamespace(cache, "b"));
    for (const [index, space] of spaces.entries()) assertData(await space.set("key", index), undefined);
    for (const [index, space] of spaces.entries()) assertData(await space.get("key"), index);
    assertData(await cache.get(["a", "b", "key"]), 2);
    assertFailure(await cacheNamespace(cache, "").get("key"), "INVALID_KEY");
  },
} satisfies CacheCases;
