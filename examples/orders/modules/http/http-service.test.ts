import { Result } from "@phasewise/runtime";
import {
  expectFailure,
  expectSuccess,
  stubCache,
  stubPubSub,
  stubTracer,
  testApplication,
} from "@phasewise/runtime/testing";
import { expect, it, onTestFinished } from "vitest";
import { HttpService } from "./http-service.js";
import httpModule from "./module.js";

const order = {
  id: "o-1",
  customer: "ada",
  article: "cup",
  quantity: 1,
  placedAt: "2026-11-22T00:00:00Z",
  shippedAt: null,
};

/** The module on a free port, over a store of one order. */
async function serve({ isDatabaseUp = true } = {}) {
  const tracer = stubTracer();
  const away = Result.error("UNAVAILABLE", "the server at 10.0.0.1 is away");
  const application = await testApplication({
    modules: [httpModule],
    settings: { http: { port: 0 } },
    services: {
      orders: {
        place: async (given) =>
          given ? Result.success(order) : Result.error("INVALID_ORDER", "There is nothing in it."),
        find: async (id) =>
          id === order.id ? Result.success(order) : Result.error("NOT_FOUND", `There is no order ${id}.`),
        list: async (customer) => (isDatabaseUp ? Result.success(customer === "ada" ? [order] : []) : away),
      },
      "core.cache": stubCache(),
      "core.database": { health: async () => (isDatabaseUp ? Result.success({ latencyMs: 1, details: {} }) : away) },
      "core.pub-sub": stubPubSub(),
      "core.tracer": tracer,
    },
  });
  onTestFinished(() => application.stop());
  const address = expectSuccess(await application.getService("http").findAddress());
  const ask = async (path: string, init?: RequestInit) => {
    const response = await fetch(address + path, { ...init, signal: AbortSignal.timeout(10_000) });
    return [response.status, await response.json()];
  };
  return { ask, tracer };
}

it("answers with what the service gives, each request in a span", async () => {
  const { ask, tracer } = await serve();
  const body = JSON.stringify(order);
  expect(await ask("/orders", { method: "POST", headers: { "content-type": "application/json" }, body })).toEqual([
    201,
    order,
  ]);
  expect(await ask("/orders/o-1")).toEqual([200, order]);
  expect(await ask("/orders?customer=ada")).toEqual([200, [order]]);
  expect(tracer.spans.map(({ name }) => name)).toEqual(["POST /orders", "GET /orders/:id", "GET /orders"]);
});

it("tells the client what it can do something about, and of the rest only the code", async () => {
  const { ask } = await serve({ isDatabaseUp: false });
  expect(await ask("/orders", { method: "POST" })).toEqual([
    400,
    { code: "INVALID_ORDER", message: "There is nothing in it." },
  ]);
  expect(await ask("/orders/o-2")).toEqual([404, { code: "NOT_FOUND", message: "There is no order o-2." }]);
  expect(await ask("/orders?customer=ada")).toEqual([503, { code: "UNAVAILABLE" }]);
});

it("is well when all that it needs is", async () => {
  const { ask } = await serve();
  const isUp = { isUp: true };
  expect(await ask("/health")).toMatchObject([200, { database: isUp, cache: isUp, pubSub: isUp }]);
  const { ask: askOther } = await serve({ isDatabaseUp: false });
  expect(await askOther("/health")).toMatchObject([
    503,
    { database: { isUp: false, code: "UNAVAILABLE" }, cache: isUp },
  ]);
});

it("answers NOT_INITIALIZED before its module is active", async () => {
  expectFailure(await new HttpService().listen(), "NOT_INITIALIZED");
});
