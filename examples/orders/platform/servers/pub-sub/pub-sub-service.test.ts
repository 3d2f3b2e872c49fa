import { randomUUID } from "node:crypto";
import { connect as openSocket } from "node:net";
import type { ServiceId } from "@phasewise/runtime";
import { pubSubConformance } from "@phasewise/runtime/conformance";
import { expectFailure, testApplication } from "@phasewise/runtime/testing";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import { afterAll, describe, expect, it, onTestFinished } from "vitest";
import pubSubModule from "./module.js";
import { PubSubService } from "./pub-sub-service.js";

const url = process.env["PHASEWISE_NATS_URL"] ?? "nats://127.0.0.1:4222";
const isMissing = !(await isAnswering(new URL(url)));
const isRequired = process.env["PHASEWISE_REQUIRE_SERVICES"] === "1";
const title = isMissing
  ? `PubSubService (no NATS answers at ${url}: start one, or set PHASEWISE_NATS_URL)`
  : "PubSubService";
const prefix = `pub-sub-test-${randomUUID()}-`;

/** The service of the module, alone in an application that stops with the test, with topics of its own. */
async function createPubSub() {
  const settings = { url, prefix: `${prefix}${randomUUID()}` };
  const application = await testApplication({ modules: [pubSubModule], settings: { [pubSubModule.id]: settings } });
  onTestFinished(() => application.stop());
  return application.getService(pubSubModule.id as ServiceId) as PubSubService;
}

describe.skipIf(isMissing && !isRequired)(title, () => {
  for (const { name, run } of pubSubConformance(createPubSub)) it(name, run);

  afterAll(async () => {
    const connection = await connect({ servers: new URL(url).host });
    const { streams } = await jetstreamManager(connection);
    for await (const name of streams.names()) if (name.startsWith(prefix)) await streams.delete(name);
    await connection.close();
  });

  it("does not begin without its server", async () => {
    const settings = { url: "nats://127.0.0.1:1", timeoutMs: 500 };
    const boot = testApplication({ modules: [pubSubModule], settings: { [pubSubModule.id]: settings } });
    await expect(boot).rejects.toThrow("UNAVAILABLE");
  });
});

it("answers NOT_INITIALIZED before its module is active", async () => {
  expectFailure(await new PubSubService().publish("orders.paid", 1), "NOT_INITIALIZED");
});

function isAnswering({ hostname, port }: URL): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = openSocket({ host: hostname, port: Number(port || 4222), timeout: 2_000 });
    const settle = (isThere: boolean) => {
      socket.destroy();
      resolve(isThere);
    };
    socket.once("connect", () => settle(true));
    socket.once("timeout", () => settle(false));
    socket.once("error", () => settle(false));
  });
}
