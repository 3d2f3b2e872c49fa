import type { ServiceId } from "@phasewise/runtime";
import { cacheConformance } from "@phasewise/runtime/conformance";
import { expectFailure, expectSuccess, testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { CacheService } from "./cache-service.js";
import cacheModule from "./module.js";

/** The service of the module, alone in an application that stops with the test. */
async function createCache(settings: { maxEntries?: number } = {}) {
  const application = await testApplication({ modules: [cacheModule], settings: { [cacheModule.id]: settings } });
  onTestFinished(() => application.stop());
  return application.getService(cacheModule.id as ServiceId) as CacheService;
}

describe("CacheService", () => {
  for (const { name, run } of cacheConformance(createCache)) it(name, run);

  it("forgets what was not used for longest when it is full", async () => {
    const cache = await createCache({ maxEntries: 2 });
    for (const key of ["first", "second"]) expectSuccess(await cache.set(key, key));
    expect(expectSuccess(await cache.get("first"))).toBe("first");
    expectSuccess(await cache.set("third", "third"));
    expect(expectSuccess(await cache.get("second"))).toBeUndefined();
    expect(expectSuccess(await cache.get("first"))).toBe("first");
  });

  it("answers NOT_INITIALIZED before its module is active", async () => {
    expectFailure(await new CacheService().get("key"), "NOT_INITIALIZED");
  });
});
