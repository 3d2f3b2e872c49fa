import assert from "node:assert/strict";
import { assertData, assertFailure } from "../assert-result.js";
import type { CacheCases } from "./cache-cases.js";
import { neverAsked } from "./computations.js";

/** What setting, getting and deleting have to do. */
export const valueCases = {
  "gives back what was set, of every kind that JSON has": async (cache) => {
    for (const value of ["text", "", 0, -1.5, true, false, null, [1, [2]], { a: { b: "ü 🎈\r\n\u0000" } }]) {
      assertData(await cache.set("value", value), undefined);
      assertData(await cache.get("value"), value);
    }
  },
  "gives nothing for a key that was never set": async (cache) => {
    assertData(await cache.get("nothing"), undefined);
  },
  "gives a copy, which nobody else sees changed": async (cache) => {
    const list = [1];
    assertData(await cache.set("list", list), undefined);
    list.push(2);
    assertData(await cache.get("list"), [1]);
    const [first, second] = await Promise.all([1, 2].map(() => cache.getOrSet("list", neverAsked)));
    assert.ok(first?.success && second?.success);
    assert.notEqual(first.data, second.data);
  },
  "deletes, and says whether there was something": async (cache) => {
    assertData(await cache.set("value", null), undefined);
    assertData(await cache.delete("value"), true);
    assertData(await cache.get("value"), undefined);
    assertData(await cache.delete("value"), false);
  },
  "refuses what JSON has no form for": async (cache) => {
    const circle: unknown[] = [];
    circle.push(circle);
    for (const value of [undefined, 1n, () => 1, Symbol("s"), circle]) {
      assertFailure(await cache.set("value", value), "NOT_SERIALIZABLE");
    }
    assertData(await cache.get("value"), undefined);
  },
} satisfies CacheCases;
