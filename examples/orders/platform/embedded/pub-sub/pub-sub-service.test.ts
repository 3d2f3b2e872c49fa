import type { ServiceId } from "@phasewise/runtime";
import { pubSubConformance } from "@phasewise/runtime/conformance";
import { expectFailure, expectSuccess, testApplication } from "@phasewise/runtime/testing";
import { describe, it, onTestFinished } from "vitest";
import pubSubModule from "./module.js";
import { PubSubService } from "./pub-sub-service.js";

/** The service of the module, alone in an application that stops with the test. */
async function createPubSub(settings: { maxMessages?: number } = {}) {
  const application = await testApplication({ modules: [pubSubModule], settings: { [pubSubModule.id]: settings } });
  onTestFinished(() => application.stop());
  return application.getService(pubSubModule.id as ServiceId) as PubSubService;
}

describe("PubSubService", () => {
  for (const { name, run } of pubSubConformance(createPubSub)) it(name, run);

  it("takes no more messages than there is room for", async () => {
    const pubSub = await createPubSub({ maxMessages: 1 });
    const handler = async () => {};
    const gone = expectSuccess(await pubSub.subscribe("orders.paid", handler, { group: "shipping" }));
    await gone.close();
    expectSuccess(await pubSub.publish("orders.paid", { orderId: "o-1" }));
    expectFailure(await pubSub.publish("orders.paid", { orderId: "o-2" }), "UNAVAILABLE");
  });

  it("answers NOT_INITIALIZED before its module is active", async () => {
    expectFailure(await new PubSubService().publish("orders.paid", 1), "NOT_INITIALIZED");
  });
});
