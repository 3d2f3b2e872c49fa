import { describe, expect, it } from "vitest";
import type { CloudEvent } from "@phasewise/runtime";
import { expectSuccess } from "@phasewise/runtime/testing";
import { eventBus, eventModule, gate, turn } from "./event-module.js";

const order = { orderId: "o-1" };

describe("subscribe", () => {
  it.each([
    ["orders.placed", ["orders.placed"]],
    ["orders.*", ["orders.placed", "orders.item.packed"]],
    ["orders.item.*", ["orders.item.packed"]],
    ["*", ["orders.placed", "orders.item.packed", "stock.low"]],
  ] as const)("receives by the pattern %s", async (pattern, expected) => {
    const { events } = eventModule(eventBus());
    const types: string[] = [];
    events.subscribe(pattern, async ({ type }: CloudEvent) => types.push(type));
    await events.publish("orders.placed", order);
    await events.publish("orders.item.packed", { item: 1 });
    await events.publish("stock.low", { item: 1 });
    expect(types).toEqual(expected);
  });

  it("does not take a prefix for a part of a name, nor for the type itself", async () => {
    const { events } = eventModule(eventBus());
    const types: string[] = [];
    events.subscribe("orders.*", async ({ type }) => types.push(type));
    await events.publish("orders" as "orders.placed", order);
    await events.publish("ordersplaced" as "orders.placed", order);
    await events.publish("orders.placed", order);
    expect(types).toEqual(["orders.placed"]);
  });

  it("receives after a pattern was subscribed for a type that was published before", async () => {
    const { events } = eventModule(eventBus());
    let count = 0;
    await events.publish("orders.placed", order);
    const subscriptions = (["orders.placed", "orders.*", "*"] as const).map((pattern) =>
      events.subscribe(pattern, async () => (count += 1)),
    );
    await events.publish("orders.placed", order);
    expect(count).toBe(3);
    for (const subscription of subscriptions) subscription.unsubscribe();
    await events.publish("orders.placed", order);
    expect(count).toBe(3);
  });

  it.each(["", "*.placed", "orders*", "orders.*.packed", "orders.**", "orders.", " ", undefined])(
    "refuses the pattern %j",
    (pattern) => {
      const { events } = eventModule(eventBus());
      expect(() => events.subscribe(pattern as never, async () => {})).toThrow(/is not a pattern of event types/);
    },
  );

  it("handles events at the same time unless told otherwise", async () => {
    const { events } = eventModule(eventBus());
    const { opened, open } = gate();
    let running = 0;
    events.subscribe("stock.low", () => ((running += 1), opened));
    const publishing = [1, 2, 3].map((item) => events.publish("stock.low", { item }));
    await turn();
    expect(running).toBe(3);
    open();
    await Promise.all(publishing);
  });

  it("handles no more at the same time than its concurrency, in the order of publication", async () => {
    const { events } = eventModule(eventBus());
    const gates = [1, 2, 3, 4, 5].map(() => gate());
    const begun: number[] = [];
    events.subscribe("stock.low", ({ data: { item } }) => (begun.push(item), gates[item]!.opened), { concurrency: 2 });
    const publishing = [0, 1, 2, 3, 4].map((item) => events.publish("stock.low", { item }));
    await turn();
    expect(begun).toEqual([0, 1]);
    gates[1]!.open();
    await turn();
    expect(begun).toEqual([0, 1, 2]);
    for (const { open } of gates) open();
    for (const result of await Promise.all(publishing)) expectSuccess(result);
    expect(begun).toEqual([0, 1, 2, 3, 4]);
  });

  it("goes on with the next event after one that failed", async () => {
    const { events } = eventModule(eventBus());
    const handled: number[] = [];
    const handle = (item: number) => {
      if (item === 1) throw new Error("broken");
      handled.push(item);
    };
    events.subscribe("stock.low", async ({ data }) => handle(data.item), { concurrency: 1 });
    const results = await Promise.all([1, 2].map((item) => events.publish("stock.low", { item })));
    expect(results.map(({ success }) => success)).toEqual([false, true]);
    expect(handled).toEqual([2]);
  });

  it.each([0, -1, 1.5, NaN, "2"])("refuses the concurrency %j", (concurrency) => {
    const { events } = eventModule(eventBus());
    expect(() => events.subscribe("*", async () => {}, { concurrency: concurrency as number })).toThrow(
      /^concurrency must be a whole number from 1, not /,
    );
  });

  it.each([1, 7, Infinity])("accepts the concurrency %j", async (concurrency) => {
    const { events } = eventModule(eventBus());
    let count = 0;
    events.subscribe("*", async () => (count += 1), { concurrency });
    await events.publish("orders.placed", order);
    expect(count).toBe(1);
  });
});

describe("a subscription", () => {
  it("ends when its signal aborts, and is over when that was before", async () => {
    const bus = eventBus();
    const { events } = eventModule(bus);
    const controller = new AbortController();
    const calls: string[] = [];
    events.subscribe("orders.placed", async () => calls.push("ending"), { signal: controller.signal });
    events.subscribe("orders.placed", async () => calls.push("over"), { signal: AbortSignal.abort() });
    await events.publish("orders.placed", order);
    controller.abort();
    await events.publish("orders.placed", order);
    expect(calls).toEqual(["ending"]);
    expect(bus.index.find("orders.placed")).toEqual([]);
  });

  it("aborts the signal of its running handlers, and drops what waits for them", async () => {
    const { events } = eventModule(eventBus());
    const controller = new AbortController();
    const reasons: unknown[] = [];
    let count = 0;
    events.subscribe(
      "orders.placed",
      (_event, { signal }) => {
        count += 1;
        return new Promise((resolve) =>
          signal.addEventListener("abort", () => resolve(reasons.push(signal.reason)), { once: true }),
        );
      },
      { concurrency: 1, signal: controller.signal },
    );
    const publishing = [1, 2, 3].map(() => events.publish("orders.placed", order));
    await turn();
    controller.abort("enough");
    for (const result of await Promise.all(publishing)) expectSuccess(result);
    expect(reasons).toEqual(["enough"]);
    expect(count).toBe(1);
  });

  it("makes no failure of a handler that ends because of the abort, but of one that fails by itself", async () => {
    const { events } = eventModule(eventBus());
    const { opened, open } = gate();
    const cancelled = events.subscribe("orders.placed", async (_event, { signal }) => {
      await opened;
      signal.throwIfAborted();
    });
    const broken = events.subscribe("stock.low", async () => {
      await opened;
      throw new Error("broken");
    });
    const publishing = [events.publish("orders.placed", order), events.publish("stock.low", { item: 1 })];
    await turn();
    cancelled.unsubscribe();
    broken.unsubscribe();
    open();
    expect((await Promise.all(publishing)).map(({ success }) => success)).toEqual([true, false]);
  });

  it("can be ended by its own handler", async () => {
    const { events } = eventModule(eventBus());
    let count = 0;
    const subscription = events.subscribe("stock.low", async () => {
      count += 1;
      subscription.unsubscribe();
    });
    const publishing = [1, 2].map((item) => events.publish("stock.low", { item }));
    for (const result of await Promise.all(publishing)) expectSuccess(result);
    expect(count).toBe(1);
  });

  it("can be ended by another handler of the same event, which began before", async () => {
    const { events } = eventModule(eventBus());
    const calls: string[] = [];
    events.subscribe("orders.placed", async () => (calls.push("first"), second.unsubscribe()));
    const second = events.subscribe("orders.placed", async () => calls.push("second"));
    expectSuccess(await events.publish("orders.placed", order));
    expect(calls).toEqual(["first"]);
  });

  it("waits for its running handlers when it is disposed", async () => {
    const { events } = eventModule(eventBus());
    const { opened, open } = gate();
    const steps: string[] = [];
    const subscription = events.subscribe("orders.placed", () => opened.then(() => steps.push("handled")));
    const publishing = events.publish("orders.placed", order);
    await turn();
    const disposing = subscription[Symbol.asyncDispose]().then(() => steps.push("disposed"));
    await turn();
    open();
    await Promise.all([disposing, publishing]);
    expect(steps).toEqual(["handled", "disposed"]);
    await subscription[Symbol.asyncDispose]();
  });

  it("stops listening to its signal when it ends", async () => {
    const { events } = eventModule(eventBus());
    const { signal } = new AbortController();
    const { added, removed } = countListeners(signal);
    events.subscribe("*", async () => {}, { signal }).unsubscribe();
    events.once("*", async () => {}, { signal });
    await events.publish("orders.placed", order, { signal });
    expect([added(), removed()]).toEqual([3, 3]);
  });
});

describe("once", () => {
  it("handles the first event only, also when the next follows at once", async () => {
    const { events } = eventModule(eventBus());
    const items: number[] = [];
    events.once("stock.low", async ({ data }) => items.push(data.item));
    for (const result of await Promise.all([1, 2].map((item) => events.publish("stock.low", { item })))) {
      expectSuccess(result);
    }
    await events.publish("stock.low", { item: 3 });
    expect(items).toEqual([1]);
  });

  it("leaves its handler running, until its subscription is ended", async () => {
    const { events } = eventModule(eventBus());
    let running: AbortSignal | undefined;
    const subscription = events.once("stock.low", (_event, { signal }) => {
      running = signal;
      return new Promise((resolve) => signal.addEventListener("abort", resolve, { once: true }));
    });
    const publishing = events.publish("stock.low", { item: 1 });
    await turn();
    expect(running?.aborted).toBe(false);
    subscription.unsubscribe();
    expectSuccess(await publishing);
  });

  it("can be unsubscribed before", async () => {
    const { events } = eventModule(eventBus());
    let count = 0;
    const subscription = events.once("stock.low", async () => (count += 1));
    subscription.unsubscribe();
    await events.publish("stock.low", { item: 1 });
    expect(count).toBe(0);
  });
});

function countListeners(signal: AbortSignal) {
  let [added, removed] = [0, 0];
  const { addEventListener, removeEventListener } = signal;
  signal.addEventListener = (...listener: Parameters<typeof addEventListener>) => {
    added += 1;
    addEventListener.apply(signal, listener);
  };
  signal.removeEventListener = (...listener: Parameters<typeof removeEventListener>) => {
    removed += 1;
    removeEventListener.apply(signal, listener);
  };
  return { added: () => added, removed: () => removed };
}
