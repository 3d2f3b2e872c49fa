import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import type { Cache, CacheKey } from "../../platform/cache/cache.js";
import { assertData, assertFailure } from "../assert-result.js";
import type { CacheCases } from "./cache-cases.js";

/** What times to live have to do. */
export const timeCases = {
  "forgets a value when its time is over, and no other one": async (cache) => {
    assertData(await cache.set("short", 1, { ttlMs: 20 }), undefined);
    assertData(await cache.set("long", 1, { ttlMs: 600_000 }), undefined);
    await untilGone(cache, "short");
    assertData(await cache.delete("short"), false);
    assertData(await cache.get("long"), 1);
  },
  "gives a value that is set anew the time of the last call": async (cache) => {
    assertData(await cache.set("value", 1, { ttlMs: 20 }), undefined);
    assertData(await cache.set("value", 2, { ttlMs: 600_000 }), undefined);
    assertData(await cache.set("later", 1, { ttlMs: 40 }), undefined);
    await untilGone(cache, "later");
    assertData(await cache.get("value"), 2);
  },
  "does not prolong the time of a number by an increment": async (cache) => {
    for (let attempt = 0; attempt < 20; attempt++) {
      assertData(await cache.increment(["count", `${attempt}`], 1, { ttlMs: 50 }), 1);
      const second = await cache.increment(["count", `${attempt}`], 1, { ttlMs: 600_000 });
      assert.ok(second.success);
      // On a slow day the first one may be gone already, and this one begins anew: that says nothing.
      if (second.data === 2) return untilGone(cache, ["count", `${attempt}`]);
    }
    assert.fail("A number is gone long before its time.");
  },
  "refuses times that are no whole number of milliseconds above 0": async (cache) => {
    for (const ttlMs of [0, -1, 1.5, NaN, Infinity]) {
      assertFailure(await cache.set("value", 1, { ttlMs }), "INVALID_TTL");
      assertFailure(await cache.increment("value", 1, { ttlMs }), "INVALID_TTL");
    }
    assertData(await cache.get("value"), undefined);
  },
} satisfies CacheCases;

async function untilGone(cache: Cache, key: CacheKey): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const found = await cache.get(key);
    assert.ok(found.success);
    if (found.data === undefined) return;
    await wait(10);
  }
  assert.fail("The value is still there long after its time.");
}
