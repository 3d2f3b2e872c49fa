import { randomUUID } from "node:crypto";
import type { CacheKey } from "@phasewise/runtime/platform";
import { expectSuccess, stubCache } from "@phasewise/runtime/testing";
import fc from "fast-check";
import { Redis } from "ioredis";
import { describe, expect, it, onTestFinished } from "vitest";
import { CacheService } from "../../../../templates/platform/cache/redis/cache-service.js";
import { cacheSettings } from "../../../../templates/platform/cache/redis/cache-settings.js";
import { initializeService } from "../initialize-service.js";
import { findServer } from "../server.js";

const server = await findServer("redis");

const hostileText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 12 }),
  fc.string({ unit: fc.constantFrom(":", "%", "3", "A", "2", "5", "a"), maxLength: 5 }),
  fc.constantFrom("__proto__", "\r\nFLUSHALL\r\n", "a\u0000b", "../..", "*", "\ud800", "x".repeat(600)),
);
const hostileKey: fc.Arbitrary<CacheKey> = fc.oneof(hostileText, fc.array(hostileText, { maxLength: 3 }));

describe("the keys of caches", () => {
  it("are the same place for the same path alone", async () => {
    const pathOf = (key: CacheKey) => JSON.stringify([key].flat());
    await fc.assert(
      fc.asyncProperty(hostileKey, hostileKey, async (one, other) => {
        const cache = stubCache();
        const [first, second] = [await cache.set(one, 1), await cache.set(other, 2)];
        fc.pre(first.success && second.success);
        expect(expectSuccess(await cache.get(one))).toBe(pathOf(one) === pathOf(other) ? 2 : 1);
      }),
    );
  });
});

describe.skipIf("missing" in server)(`keys in Redis${"missing" in server ? ` (${server.missing})` : ""}`, () => {
  const url = "url" in server ? server.url : "";

  it("are refused or keep what was set, and never leave the prefix", async () => {
    const prefix = `${randomUUID()}:`;
    const cache = await initializeService(new CacheService(), cacheSettings.parse({ url, prefix, ttlMs: 60_000 }));
    const redis = new Redis(url);
    onTestFinished(() => redis.disconnect());
    const kept = new Set<string>();
    await fc.assert(
      fc.asyncProperty(hostileKey, fc.jsonValue(), async (key, value) => {
        const set = await cache.set(key, value);
        const found = await cache.get(key);
        if (!set.success) {
          expect(set.error.code).toBe("INVALID_KEY");
          expect(found).toMatchObject({ error: { code: "INVALID_KEY" } });
          return;
        }
        kept.add(JSON.stringify([key].flat()));
        expect(expectSuccess(found)).toEqual(JSON.parse(JSON.stringify(value)));
      }),
      { numRuns: 200 },
    );
    expect(await redis.keys(`${prefix}*`)).toHaveLength(kept.size);
  });
});
