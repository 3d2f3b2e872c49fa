import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import type { Cache, CacheKey } from "../platform/cache/cache.js";
import { cacheNamespace } from "../platform/cache/cache-namespace.js";
import { Result } from "../results/result.js";
import { withTimeout } from "../tasks/with-timeout.js";
import { casesOf, type ConformanceCase, type ServiceFactory } from "./conformance-case.js";
import { assertData, assertFailure } from "./assert-result.js";

/**
 * What every adapter of `Cache` has to do. Times to live are real ones, of some tens of milliseconds.
 *
 * @example
 * ```ts
 * import { cacheConformance } from "@phasewise/runtime/conformance";
 * import { stubCache } from "@phasewise/runtime/testing";
 *
 * for (const { name, run } of cacheConformance(async () => stubCache())) {
 *   await run();
 *   console.log(name);
 * }
 * ```
 */
export function cacheConformance(create: ServiceFactory<Cache>): readonly ConformanceCase[] {
  return casesOf(create, { ...values, ...keys, ...times, ...numbers, ...computations, ...calls });
}

type Cases = Readonly<Record<string, (cache: Cache) => Promise<void>>>;

const values: Cases = {
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
};

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

const keys: Cases = {
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
};

const times: Cases = {
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
};

const numbers: Cases = {
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
};

const computations: Cases = {
  "computes once for all who ask at the same time, and not again": async (cache) => {
    let computations = 0;
    const compute = async () => Result.success({ computation: ++computations });
    const given = await Promise.all([1, 2, 3].map(() => cache.getOrSet("value", compute)));
    for (const result of given) assertData(result, { computation: 1 });
    assertData(await cache.getOrSet("value", compute), { computation: 1 });
    assertData(await cache.get("value"), { computation: 1 });
  },
  "gives a failed computation to all who wait, and does not keep it": async (cache) => {
    const fail = async () => Result.error("NO_RATE", "there is none");
    for (const result of await Promise.all([1, 2].map(() => cache.getOrSet("value", fail)))) {
      assertFailure(result, "NO_RATE");
    }
    const crash = async (): Promise<Result<number>> => Promise.reject(new Error("broken"));
    assertFailure(await cache.getOrSet("value", crash), "COMPUTE_FAILED");
    assertFailure(await cache.getOrSet("value", async () => Result.success(undefined)), "NOT_SERIALIZABLE");
    assertData(await cache.getOrSet("value", async () => Result.success(1)), 1);
  },
  "goes on computing for the others when one gives up, and aborts when none is left": async (cache) => {
    const computation = neverEnding();
    const [one, other] = [new AbortController(), new AbortController()];
    const first = cache.getOrSet("value", computation.compute, { signal: one.signal });
    const second = cache.getOrSet("value", computation.compute, { signal: other.signal });
    const signal = await computation.begun;
    one.abort();
    assertFailure(await soon(first), "ABORTED");
    assert.equal(signal.aborted, false);
    other.abort();
    assertFailure(await soon(second), "ABORTED");
    assert.equal(signal.aborted, true);
    assertData(await cache.getOrSet("value", async () => Result.success("anew")), "anew");
  },
};

const calls: Cases = {
  "does nothing when its signal has aborted": async (cache) => {
    const signal = AbortSignal.abort();
    assertFailure(await cache.set("value", 1, { signal }), "ABORTED");
    assertFailure(await cache.increment("value", 1, { signal }), "ABORTED");
    assertData(await cache.get("value"), undefined);
  },
  "shows a sign of life": async (cache) => {
    const health = await cache.health();
    assert.ok(health.success && health.data.latencyMs >= 0);
  },
};

const neverAsked = (): Promise<Result<never>> => assert.fail("This value is known.");

/** A computation that ends by its signal alone. */
function neverEnding() {
  let begin: (signal: AbortSignal) => void;
  const begun = new Promise<AbortSignal>((resolve) => (begin = resolve));
  const compute = (signal: AbortSignal) =>
    new Promise<Result<string>>((_, reject) => {
      begin(signal);
      signal.addEventListener("abort", () => reject(signal.reason));
    });
  return { begun, compute };
}

/** Settles like a promise that an abort should settle. */
function soon<T>(promise: Promise<T>): Promise<T> {
  return withTimeout(() => promise, { timeoutMs: 2_000 });
}

async function untilGone(cache: Cache, key: CacheKey): Promise<void> {
  for (let attempt = 0; attempt < 200; attempt++) {
    const found = await cache.get(key);
    assert.ok(found.success);
    if (found.data === undefined) return;
    await wait(10);
  }
  assert.fail("The value is still there long after its time.");
}
