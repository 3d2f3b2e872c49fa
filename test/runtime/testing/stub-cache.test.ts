import { Result } from "@phasewise/runtime";
import { expectFailure, expectSuccess, fakeClock, stubCache } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";

describe("the stub of the cache", () => {
  it("takes as long as the test wants, by the clock of the test", async () => {
    const clock = fakeClock();
    const cache = stubCache({ latencyMs: (operation) => (operation === "get" ? 500 : 0) });
    await clock.run(async () => {
      expectSuccess(await cache.set("key", 1));
      const reading = cache.get("key");
      await clock.advance(499);
      expect(clock.pending).toBeGreaterThan(0);
      await clock.advance(1);
      expect(expectSuccess(await reading)).toBe(1);
      expect(clock.pending).toBe(0);
    });
  });

  it("ends a call that takes too long, and one that is given up", async () => {
    const clock = fakeClock();
    const cache = stubCache({ latencyMs: 10_000, timeoutMs: 1_000 });
    await clock.run(async () => {
      const late = cache.get("key");
      await clock.advance(1_000);
      expectFailure(await late, "TIMED_OUT");
      const controller = new AbortController();
      const given = cache.get("key", { signal: controller.signal });
      controller.abort();
      expectFailure(await given, "ABORTED");
      expect(clock.pending).toBe(0);
    });
  });

  it("fails at the call that the test names", async () => {
    const cache = stubCache({
      failure: (operation, call) => (operation === "get-or-set" && call === 2 ? "UNAVAILABLE" : undefined),
    });
    const compute = async () => Result.success("value");
    expectSuccess(await cache.getOrSet("key", compute));
    expectFailure(await cache.getOrSet("key", compute), "UNAVAILABLE");
    expectSuccess(await cache.getOrSet("key", compute));
  });

  it("forgets by the clock of the test", async () => {
    const clock = fakeClock();
    const cache = stubCache({ ttlMs: 1_000 });
    await clock.run(async () => {
      expectSuccess(await cache.set("default", 1));
      expectSuccess(await cache.set("longer", 1, { ttlMs: 2_000 }));
      await clock.advance(1_000);
      expect(expectSuccess(await cache.get("default"))).toBeUndefined();
      expect(expectSuccess(await cache.get("longer"))).toBe(1);
      await clock.advance(1_000);
      expect(expectSuccess(await cache.get("longer"))).toBeUndefined();
    });
  });
});
