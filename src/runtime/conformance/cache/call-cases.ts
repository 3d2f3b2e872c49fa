import assert from "node:assert/strict";
import { assertData, assertFailure } from "../assert-result.js";
import type { CacheCases } from "./cache-cases.js";

/** What calls have to do, whatever they are for. */
export const callCases = {
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
} satisfies CacheCases;
