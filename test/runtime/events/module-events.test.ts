import { AsyncLocalStorage } from "node:async_hooks";
import { describe, expect, it } from "vitest";
import { expectSuccess } from "@phasewise/runtime/testing";
import { eventBus, eventModule, gate, turn } from "./event-module.js";

const order = { orderId: "o-1" };

describe("a module in phase 1", () => {
  it("receives what is published once it is active, and nothing before", async () => {
    const bus = eventBus();
    let isRegistering = true;
    const early = eventModule(bus, "early", { isRegistering: () => isRegistering });
    const { events } = eventModule(bus, "other");
    const received: string[] = [];
    early.events.subscribe("stock.low", async ({ data }) => received.push(`subscribe ${data.item}`));
    early.events.once("stock.*", async ({ data }) => received.push(`once ${data.item}`));
    early.events.subscribe("stock.low", async () => received.push("unsubscribed")).unsubscribe();
    isRegistering = false;
    early.events.subscribe("stock.low", async ({ data }) => received.push(`phase 2 ${data.item}`));
    await events.publish("stock.low", { item: 1 });
    expect(received).toEqual(["phase 2 1"]);
    early.events.activate();
    await events.publish("stock.low", { item: 2 });
    await events.publish("stock.low", { item: 3 });
    expect(received.slice(1).sort()).toEqual(["once 2", "phase 2 2", "phase 2 3", "subscribe 2", "subscribe 3"]);
  });
});

describe("the handlers of a module", () => {
  it("run in its async context", async () => {
    const zones = new AsyncLocalStorage<string>();
    const enclose = <T>(work: () => T) => zones.run("beta", work);
    const bus = eventBus();
    const seen: unknown[] = [];
    eventModule(bus, "beta", { enclose }).events.subscribe(
      "*",
      async () => (await turn(), seen.push(zones.getStore())),
    );
    await eventModule(bus).events.publish("orders.placed", order);
    expect(seen).toEqual(["beta"]);
  });
});

describe("a module that stops", () => {
  it("receives nothing more, and is done when its running handlers are", async () => {
    const bus = eventBus();
    const stopping = eventModule(bus, "stopping");
    const { events } = eventModule(bus, "other");
    const steps: string[] = [];
    const { opened, open } = gate();
    stopping.events.subscribe("orders.placed", async (_event, { signal }) => {
      await opened;
      steps.push(signal.aborted ? "ended after the abort" : "ended");
    });
    const publishing = events.publish("orders.placed", order);
    await turn();
    const closing = stopping.events.close().then(() => steps.push("closed"));
    expectSuccess(await events.publish("orders.placed", order));
    open();
    await closing;
    expectSuccess(await publishing);
    expect(steps).toEqual(["ended after the abort", "closed"]);
  });

  it("waits for the handler of a once that is running, and aborts it", async () => {
    const bus = eventBus();
    const stopping = eventModule(bus, "stopping");
    const { opened, open } = gate();
    const steps: string[] = [];
    stopping.events.once("orders.placed", async (_event, { signal }) => {
      signal.addEventListener("abort", () => steps.push("aborted"));
      await opened;
      steps.push("handled");
    });
    void eventModule(bus).events.publish("orders.placed", order);
    await turn();
    const closing = stopping.events.close().then(() => steps.push("closed"));
    open();
    await closing;
    expect(steps).toEqual(["aborted", "handled", "closed"]);
  });

  it("drops the queue of a bounded handler, and keeps no publisher waiting for it", async () => {
    const bus = eventBus();
    const stopping = eventModule(bus, "stopping");
    const { events } = eventModule(bus, "other");
    const { opened, open } = gate();
    const items: number[] = [];
    stopping.events.subscribe("stock.low", ({ data }) => (items.push(data.item), opened), { concurrency: 1 });
    const running = events.publish("stock.low", { item: 1 });
    const waiting = events.publish("stock.low", { item: 2 });
    await turn();
    const closing = stopping.events.close();
    expectSuccess(await waiting);
    open();
    await closing;
    expectSuccess(await running);
    expect(items).toEqual([1]);
  });

  it("may publish until its handlers are done, and not after", async () => {
    const bus = eventBus();
    const stopping = eventModule(bus, "stopping");
    const { events } = eventModule(bus, "other");
    const items: number[] = [];
    const { opened, open } = gate();
    events.subscribe("stock.low", async ({ data }) => items.push(data.item));
    stopping.events.subscribe("orders.placed", async () => {
      await opened;
      expectSuccess(await stopping.events.publish("stock.low", { item: 1 }));
    });
    const publishing = events.publish("orders.placed", order);
    await turn();
    const closing = stopping.events.close();
    open();
    await closing;
    expectSuccess(await publishing);
    expect(items).toEqual([1]);
    await expect(stopping.events.publish("stock.low", { item: 2 })).rejects.toMatchObject({
      code: "EVENTS_CLOSED",
      message:
        'Module "stopping" called publish("stock.low") after it was stopped. Use events while the module is active.',
    });
    expect(() => stopping.events.publishAndForget("stock.low", { item: 3 })).toThrow(/publishAndForget\("stock.low"\)/);
  });

  it("begins no background task any more when it publishes and forgets", async () => {
    const bus = eventBus();
    const background = () => {
      throw new Error("the tasks were stopped");
    };
    const stopping = eventModule(bus, "stopping", { background });
    const { events } = eventModule(bus, "other");
    const items: number[] = [];
    events.subscribe("stock.low", async ({ data }) => items.push(data.item));
    void stopping.events.close();
    stopping.events.publishAndForget("stock.low", { item: 1 });
    await turn();
    expect(items).toEqual([1]);
  });

  it("cannot subscribe any more", async () => {
    const { events } = eventModule(eventBus());
    void events.close();
    expect(() => events.subscribe("*", async () => {})).toThrow('called subscribe("*")');
    expect(() => events.once("*", async () => {})).toThrow('called once("*")');
    expect(() => events.events("*")).toThrow('called events("*")');
    await expect(events.waitFor("*")).rejects.toThrow('called waitFor("*")');
  });

  it("gives its reason to the signals of its handlers", async () => {
    const { events } = eventModule(eventBus());
    const reasons: unknown[] = [];
    events.subscribe(
      "orders.placed",
      (_event, { signal }) =>
        new Promise((resolve) => signal.addEventListener("abort", () => resolve(reasons.push(signal.reason)))),
    );
    void events.publish("orders.placed", order);
    await turn();
    await events.close("shutdown");
    await events.close("again");
    expect(reasons).toEqual(["shutdown"]);
  });
});
