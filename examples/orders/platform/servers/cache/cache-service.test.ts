import { randomUUID } from "node:crypto";
import { connect } from "node:net";
import type { ServiceId } from "@phasewise/runtime";
import { cacheConformance } from "@phasewise/runtime/conformance";
import { expectFailure, testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { CacheService } from "./cache-service.js";
import cacheModule from "./module.js";

const url = process.env["PHASEWISE_REDIS_URL"] ?? "redis://127.0.0.1:6379";
const isMissing = !(await isAnswering(new URL(url)));
const isRequired = process.env["PHASEWISE_REQUIRE_SERVICES"] === "1";
const title = isMissing ? `CacheService (no Redis answers at ${url}: start one, or set PHASEWISE_REDIS_URL)` : "CacheService";

/** The service of the module, alone in an application that stops with the test, with keys of its own. */
async function createCache() {
  const settings = { url, prefix: `${randomUUID()}:`, ttlMs: 60_000 };
  const application = await testApplication({ modules: [cacheModule], settings: { [cacheModule.id]: settings } });
  onTestFinished(() => application.stop());
  return application.getService(cacheModule.id as ServiceId) as CacheService;
}

describe.skipIf(isMissing && !isRequired)(title, () => {
  for (const { name, run } of cacheConformance(createCache)) it(name, run);

  it("does not begin without its server", async () => {
    const settings = { url: "redis://127.0.0.1:1", timeoutMs: 500 };
    const boot = testApplication({ modules: [cacheModule], settings: { [cacheModule.id]: settings } });
    await expect(boot).rejects.toThrow("127.0.0.1:1");
  });
});

it("answers NOT_INITIALIZED before its module is active", async () => {
  expectFailure(await new CacheService().get("key"), "NOT_INITIALIZED");
});

function isAnswering({ hostname, port }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect({ host: hostname, port: Number(port || 6379), timeout: 2_000 });
    const settle = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once("connect", () => settle(true));
    socket.once("timeout", () => settle(false));
    socket.once("error", () => settle(false));
  });
}
