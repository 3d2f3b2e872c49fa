import assert from "node:assert/strict";
import { Result } from "../../results/result.js";
import { withTimeout } from "../../tasks/with-timeout.js";
import { assertData, assertFailure } from "../assert-result.js";
import type { CacheCases } from "./cache-cases.js";
import { neverEnding } from "./computations.js";

/** What `getOrSet` has to do with computations. */
export const computationCases = {
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
} satisfies CacheCases;

/** Settles like a promise that an abort should settle. */
function soon<T>(promise: Promise<T>): Promise<T> {
  return withTimeout(() => promise, { timeoutMs: 2_000 });
}
