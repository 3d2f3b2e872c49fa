import { fileURLToPath } from "node:url";
import {
  expectFailure,
  expectSuccess,
  stubCache,
  stubPubSub,
  stubTracer,
  type TestApplication,
  testApplication,
} from "@phasewise/runtime/testing";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import database from "../../platform/embedded/database/module.js";
import ordersModule from "../orders/module.js";
import { orderPlacedTopic } from "../orders/order-placed.js";
import shippingModule from "./module.js";
import { ShippingService } from "./shipping-service.js";

const teapot = { customer: "ada", article: "teapot", quantity: 2 };

describe("shipping", () => {
  const pubSub = stubPubSub();
  let application: TestApplication;
  beforeAll(async () => {
    const migrationsDirectory = fileURLToPath(new URL("../../migrations", import.meta.url));
    application = await testApplication({
      modules: [database, ordersModule, shippingModule],
      settings: { orders: { migrationsDirectory, relayPauseMs: 3_600_000 } },
      services: { "core.cache": stubCache(), "core.pub-sub": pubSub, "core.tracer": stubTracer() },
    });
  });
  afterAll(() => application.stop());

  async function placeOrder() {
    return expectSuccess(await application.getService("orders").place(teapot));
  }

  async function isShipped(id: string) {
    return expectSuccess(await application.getService("orders").find(id)).shippedAt !== null;
  }

  it("ships an order once, however often it is told to", async () => {
    const { id } = await placeOrder();
    const shipping = application.getService("shipping");
    const outcomes = await Promise.all([shipping.ship(id), shipping.ship(id), shipping.ship(id)]);
    expect(outcomes.map(expectSuccess).sort()).toEqual([false, false, true]);
    expect(await isShipped(id)).toBe(true);
  });

  it("ships no order that there is not", async () => {
    const outcome = await application.getService("shipping").ship("00000000-0000-4000-8000-000000000000");
    expectFailure(outcome, "CONSTRAINT_VIOLATED");
  });

  it("ships what a message tells of", async () => {
    const { id } = await placeOrder();
    expectSuccess(await pubSub.publish(orderPlacedTopic, { orderId: id }));
    await vi.waitFor(async () => expect(await isShipped(id)).toBe(true), { timeout: 20_000 });
  });

  it("ships what no message tells of, when it is asked to look for it", async () => {
    const placed = await Promise.all([placeOrder(), placeOrder()]);
    expectSuccess(await application.getService("shipping").shipPending());
    for (const { id } of placed) expect(await isShipped(id)).toBe(true);
  });
});

it("answers NOT_INITIALIZED before its module is active", async () => {
  expectFailure(await new ShippingService().ship("some"), "NOT_INITIALIZED");
});
