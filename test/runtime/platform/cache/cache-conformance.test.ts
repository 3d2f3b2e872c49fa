import { randomUUID } from "node:crypto";
import { Result } from "@phasewise/runtime";
import { cacheConformance } from "@phasewise/runtime/conformance";
import type { Cache } from "@phasewise/runtime/platform";
import { stubCache } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { CacheService as MemoryCache } from "../../../../templates/platform/cache/memory/cache-service.js";
import { cacheSettings as memorySettings } from "../../../../templates/platform/cache/memory/cache-settings.js";
import { CacheService as RedisCache } from "../../../../templates/platform/cache/redis/cache-service.js";
import { cacheSettings as redisSettings } from "../../../../templates/platform/cache/redis/cache-settings.js";
import { initializeService } from "../initialize-service.js";
import { findServer } from "../server.js";

const redis = await findServer("redis");

describe("the stub of the cache", () => {
  for (const { name, run } of cacheConformance(async () => stubCache())) it(name, run);
});

describe("the cache in memory", () => {
  const create = () => initializeService(new MemoryCache(), memorySettings.parse({}));
  for (const { name, run } of cacheConformance(create)) it(name, run);
});

describe.skipIf("missing" in redis)(`the cache in Redis${"missing" in redis ? ` (${redis.missing})` : ""}`, () => {
  const url = "url" in redis ? redis.url : undefined;
  const create = () =>
    initializeService(new RedisCache(), redisSettings.parse({ url, prefix: `${randomUUID()}:`, ttlMs: 60_000 }));
  for (const { name, run } of cacheConformance(create)) it(name, run);
});

/** The cases that an adapter fails which is right but for what is given here. */
async function failuresOf(fault: (cache: Cache) => Partial<Cache>): Promise<string[]> {
  const create = async () => {
    const cache = stubCache();
    return Object.assign(cache, fault({ ...cache, get: cache.get.bind(cache), set: cache.set.bind(cache) }));
  };
  const outcomes = cacheConformance(create).map(async ({ name, run }) => {
    const outcome = await Result.attempt("FAILED", run);
    return outcome.success ? [] : [name];
  });
  return (await Promise.all(outcomes)).flat();
}

describe.concurrent("the conformance of caches", () => {
  it("is failed by no more than the fault at hand", async () => {
    expect(await failuresOf(() => ({}))).toEqual([]);
  });

  it("sees that nothing is kept", async () => {
    const failed = await failuresOf(() => ({ set: async () => Result.success(undefined) }));
    expect(failed).toContain("gives back what was set, of every kind that JSON has");
    expect(failed).toContain("keeps every key apart, whatever it contains");
  });

  it("sees that times to live are ignored", async () => {
    const failed = await failuresOf(({ set }) => ({ set: (key, value) => set(key, value) }));
    expect(failed).toContain("forgets a value when its time is over, and no other one");
    expect(failed).toContain("refuses times that are no whole number of milliseconds above 0");
  });

  it("sees that two keys are the same place", async () => {
    const flat = (key: string | readonly string[]) => [key].flat().join(":");
    const failed = await failuresOf(({ get, set }) => ({
      get: (key, options) => get(flat(key), options),
      set: (key, value, options) => set(flat(key), value, options),
    }));
    expect(failed).toContain("keeps every key apart, whatever it contains");
    expect(failed).toContain("keeps namespaces apart, also within each other");
  });

  it("sees that increments are lost", async () => {
    const failed = await failuresOf(({ get, set }) => ({
      async increment(key, by = 1, options) {
        const found = await get<number>(key, options);
        if (!found.success) return found;
        const sum = (found.data ?? 0) + by;
        const kept = await set(key, sum, options);
        return kept.success ? Result.success(sum) : kept;
      },
    }));
    expect(failed).toEqual([
      "does not prolong the time of a number by an increment",
      "loses none of many increments at the same time",
      "increments nothing but whole numbers that are exact",
    ]);
  });

  it("sees that each one computes for himself", async () => {
    const failed = await failuresOf(() => ({
      getOrSet: async (_key, compute) => compute(new AbortController().signal),
    }));
    expect(failed).toContain("computes once for all who ask at the same time, and not again");
    expect(failed).toContain("goes on computing for the others when one gives up, and aborts when none is left");
  });
});
