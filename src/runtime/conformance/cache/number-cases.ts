import assert from "node:assert/strict";
import { assertData, assertFailure } from "../assert-result.js";
import type { CacheCases } from "./cache-cases.js";

/** What increments have to do. */
export const numberCases = {
  "increments from 0, by 1, by any whole number, and what was set": async (cache) => {
    assertData(await cache.increment("count"), 1);
    assertData(await cache.increment("count", -5), -4);
    assertData(await cache.set("count", 40), undefined);
    assertData(await cache.increment("count", 2), 42);
    assertData(await cache.get("count"), 42);
  },
  "loses none of many increments at the same time": async (cache) => {
    const sums = await Promise.all(Array.from({ length: 50 }, () => cache.increment("count")));
    const given = sums.map((sum) => (sum.success ? sum.data : NaN));
    assert.deepEqual(
      given.toSorted((a, b) => a - b),
      given.map((_, index) => index + 1),
    );
  },
  "increments nothing but whole numbers that are exact": async (cache) => {
    for (const value of ["1", 1.5, null, [1], 2 ** 53]) {
      assertData(await cache.set("value", value), undefined);
      assertFailure(await cache.increment("value"), "NOT_A_NUMBER");
      assertData(await cache.get("value"), value);
    }
    assertData(await cache.set("value", Number.MAX_SAFE_INTEGER), undefined);
    assertFailure(await cache.increment("value"), "NOT_A_NUMBER");
    for (const by of [0.5, NaN, 2 ** 53]) assertFailure(await cache.increment("other", by), "NOT_A_NUMBER");
  },
} satisfies CacheCases;
