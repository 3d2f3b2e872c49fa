import { fileURLToPath } from "node:url";
import { Result } from "@phasewise/runtime";
import {
  expectFailure,
  expectSuccess,
  stubCache,
  type TestApplication,
  testApplication,
} from "@phasewise/runtime/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import database from "../../platform/embedded/database/module.js";
import ordersModule from "./module.js";
import { OrderService } from "./order-service.js";
import { orderPlacedTopic } from "./order-placed.js";

const anHourMs = 3_600_000;
const teapot = { customer: "ada", article: "teapot", quantity: 2 };

describe("orders", () => {
  const cache = stubCache();
  const published: string[] = [];
  let isDown = false;
  let application: TestApplication;
  beforeAll(async () => {
    const migrationsDirectory = fileURLToPath(new URL("../../migrations", import.meta.url));
    application = await testApplication({
      modules: [database, ordersModule],
      settings: { orders: { migrationsDirectory, relayPauseMs: anHourMs } },
      services: {
        "core.cache": cache,
        "core.pub-sub": {
          async publish(topic, _data, { id = "" } = {}) {
            if (isDown) return Result.error("UNAVAILABLE", "the server is down");
            published.push(`${topic} ${id}`);
            return Result.success({ id });
          },
        },
      },
    });
  });
  afterAll(() => application.stop());

  it("finds an order that was placed, alone and among those of its customer", async () => {
    const orders = application.getService("orders");
    const order = expectSuccess(await orders.place({ ...teapot, customer: " bob " }));
    expect(order).toMatchObject({ customer: "bob", article: "teapot", quantity: 2, shippedAt: null });
    expect(expectSuccess(await orders.find(order.id))).toEqual(order);
    expect(expectSuccess(await orders.list("bob"))).toEqual([order]);
    expect(expectSuccess(await orders.list("eve"))).toEqual([]);
  });

  it.each([{}, { ...teapot, quantity: 0 }, { ...teapot, quantity: 1.5 }, { ...teapot, customer: " " }, undefined])(
    "refuses %j",
    async (order) => {
      expectFailure(await application.getService("orders").place(order), "INVALID_ORDER");
    },
  );

  it.each(["00000000-0000-4000-8000-000000000000", "'; DROP TABLE orders; --", ""])("knows no order %j", async (id) => {
    expectFailure(await application.getService("orders").find(id), "NOT_FOUND");
  });

  it("keeps an order in the cache once it is shipped, and not before", async () => {
    const orders = application.getService("orders");
    const { id } = expectSuccess(await orders.place(teapot));
    expectSuccess(await orders.find(id));
    expect(expectSuccess(await cache.get(["orders", id]))).toBeUndefined();

    expectSuccess(await orders.markShipped(id));
    const shipped = expectSuccess(await orders.find(id));
    expect(shipped.shippedAt).toEqual(expect.any(String));
    expect(expectSuccess(await cache.get(["orders", id]))).toEqual(shipped);
    expectFailure(await orders.markShipped(id), "NOT_FOUND");
  });

  it("publishes each order that was placed once, and keeps it for later while nothing can be published", async () => {
    const outbox = application.getService("orders.outbox");
    expectSuccess(await outbox.relay(100));
    const { id } = expectSuccess(await application.getService("orders").place(teapot));
    isDown = true;
    expectFailure(await outbox.relay(100), "UNAVAILABLE");
    isDown = false;
    expect(expectSuccess(await outbox.relay(100))).toBe(1);
    expect(expectSuccess(await outbox.relay(100))).toBe(0);
    expect(published.filter((message) => message.endsWith(id))).toEqual([`${orderPlacedTopic} ${id}`]);
  });

  it("tells of no order that was not kept", async () => {
    const orders = application.getService("orders");
    expectSuccess(await application.getService("orders.outbox").relay(100));
    const before = published.length;
    const undone = await application.getService("core.database").withTransaction(async () => {
      expectSuccess(await orders.place({ ...teapot, customer: "carol" }));
      return Result.error("UNDONE", "the transaction around it fails");
    });
    expectFailure(undone, "UNDONE");
    expect(expectSuccess(await orders.list("carol"))).toEqual([]);
    expect(expectSuccess(await application.getService("orders.outbox").relay(100))).toBe(0);
    expect(published).toHaveLength(before);
  });
});

it("answers NOT_INITIALIZED before its module is active", async () => {
  expectFailure(await new OrderService().place(teapot), "NOT_INITIALIZED");
});
