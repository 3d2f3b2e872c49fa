import { randomUUID } from "node:crypto";
import { Result } from "@phasewise/runtime";
import { expectFailure, expectSuccess } from "@phasewise/runtime/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { CacheService } from "../../../../templates/platform/cache/redis/cache-service.js";
import { cacheSettings } from "../../../../templates/platform/cache/redis/cache-settings.js";
import { FaultProxy } from "../fault-proxy.js";
import { initializeService } from "../initialize-service.js";
import { findServer } from "../server.js";

const server = await findServer("redis");

/** A cache whose server can be taken away. */
async function open() {
  if ("missing" in server) throw new Error(server.missing);
  const proxy = await FaultProxy.open(server.url, 6379);
  const url = proxy.through(server.url);
  const settings = cacheSettings.parse({ url, prefix: `${randomUUID()}:`, ttlMs: 60_000, timeoutMs: 400 });
  const cache = await initializeService(new CacheService(), settings);
  onTestFinished(() => proxy[Symbol.asyncDispose]());
  return { proxy, cache };
}

const untilBack = (cache: CacheService) =>
  vi.waitFor(async () => expectSuccess(await cache.get("kept")), { timeout: 10_000, interval: 20 });

describe.skipIf("missing" in server)(
  `the cache in Redis${"missing" in server ? ` (${server.missing})` : ""}, when its server`,
  () => {
    it("is gone, answers UNAVAILABLE at once, and goes on when it is back", async () => {
      const { proxy, cache } = await open();
      expectSuccess(await cache.set("kept", 1));
      proxy.cut();
      await vi.waitFor(async () => expectFailure(await cache.get("kept"), "UNAVAILABLE"));
      expectFailure(await cache.increment("kept"), "UNAVAILABLE");
      expectFailure(await cache.getOrSet("other", async () => Result.success(1)), "UNAVAILABLE");
      expectFailure(await cache.health(), "UNAVAILABLE");

      proxy.restore();
      expect(await untilBack(cache)).toBe(1);
    });

    it("is gone while calls wait for it, ends every one of them, and does none twice", async () => {
      const { proxy, cache } = await open();
      expectSuccess(await cache.set("kept", 0));
      proxy.delay(50);
      const calls = Array.from({ length: 20 }, () => cache.increment("kept"));
      proxy.cut();
      for (const call of await Promise.all(calls)) expectFailure(call, "UNAVAILABLE");
      proxy.restore();
      expect(await untilBack(cache)).toBe(0);
    });

    it("is silent, answers TIMED_OUT in time, and goes on over another connection", async () => {
      const { proxy, cache } = await open();
      expectSuccess(await cache.set("kept", 1));
      proxy.drop();
      const begunMs = performance.now();
      expectFailure(await cache.get("kept"), "TIMED_OUT");
      expect(performance.now() - begunMs).toBeLessThan(5_000);
      await vi.waitFor(async () => expectFailure(await cache.get("kept"), "UNAVAILABLE"), { timeout: 10_000 });

      proxy.restore();
      expect(await untilBack(cache)).toBe(1);
    });
  },
);
