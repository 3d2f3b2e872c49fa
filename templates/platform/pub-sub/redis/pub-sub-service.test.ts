import { randomUUID } from "node:crypto";
import { connect as openSocket } from "node:net";
import type { ServiceId } from "@phasewise/runtime";
import { pubSubConformance } from "@phasewise/runtime/conformance";
import { expectFailure, testApplication } from "@phasewise/runtime/testing";
import { Redis } from "ioredis";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import pubSubModule from "./module.js";
import { PubSubService } from "./pub-sub-service.js";

const url = process.env["PHASEWISE_REDIS_URL"] ?? "redis://127.0.0.1:6379";
const isMissing = !(await isAnswering(new URL(url)));
const isRequired = process.env["PHASEWISE_REQUIRE_SERVICES"] === "1";
const title = isMissing
  ? `PubSubService (no Redis answers at ${url}: start one, or set PHASEWISE_REDIS_URL)`
  : "PubSubService";
const prefix = `pub-sub-test:${randomUUID()}:`;

/** The service of the module, alone in an application that stops with the test, with topics of its own. */
async function createPubSub() {
  const settings = { url, prefix: `${prefix}${randomUUID()}:` };
  const application = await testApplication({ modules: [pubSubModule], settings: { [pubSubModule.id]: settings } });
  onTestFinished(() => application.stop());
  return application.getService(pubSubModule.id as ServiceId) as PubSubService;
}

describe.skipIf(isMissing && !isRequired)(title, () => {
  for (const { name, run } of pubSubConformance(createPubSub)) it(name, run);

  afterAll(async () => {
    const redis = new Redis(url);
    const keys = await redis.keys(`${prefix}*`);
    if (keys.length > 0) await redis.del(keys);
    redis.disconnect();
  });

  it("does not begin without its server", async () => {
    const settings = { url: "redis://127.0.0.1:1", timeoutMs: 500 };
    const boot = testApplication({ modules: [pubSubModule], settings: { [pubSubModule.id]: settings } });
    await expect(boot).rejects.toThrow("127.0.0.1:1");
  });
});

it("answers NOT_INITIALIZED before its module is active", async () => {
  expectFailure(await new PubSubService().publish("orders.paid", 1), "NOT_INITIALIZED");
});

function isAnswering({ hostname, port }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = openSocket({ host: hostname, port: Number(port || 6379), timeout: 2_000 });
    const settle = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once("connect", () => settle(true));
    socket.once("timeout", () => settle(false));
    socket.once("error", () => settle(false));
  });
}
