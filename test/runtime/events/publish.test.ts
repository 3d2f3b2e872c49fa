import { AsyncLocalStorage } from "node:async_hooks";
import { type PublishResult, Result } from "@phasewise/runtime";
import { expectFailure, expectSuccess } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { eventBus, eventModule, gate, turn } from "./event-module.js";

const order = { orderId: "o-1" };

function failuresOf(result: PublishResult) {
  return result.success ? [] : result.error.details.failures;
}

describe("publish", () => {
  it("succeeds when nobody listens", async () => {
    const { events } = eventModule(eventBus());
    expectSuccess(await events.publish("orders.placed", order));
  });

  it("reaches the handlers of all modules, the publisher's own too", async () => {
    const bus = eventBus();
    const alpha = eventModule(bus, "alpha");
    const beta = eventModule(bus, "beta");
    const calls: string[] = [];
    alpha.events.subscribe("orders.placed", async ({ data }) => calls.push(`alpha ${data.orderId}`));
    beta.events.subscribe("orders.placed", async ({ data }) => calls.push(`beta ${data.orderId}`));
    expectSuccess(await alpha.events.publish("orders.placed", order));
    expect(calls).toEqual(["alpha o-1", "beta o-1"]);
  });

  it("resolves when all handlers are done, which run at the same time", async () => {
    const { events } = eventModule(eventBus());
    const [first, second] = [gate(), gate()];
    events.subscribe("orders.placed", () => first.opened);
    events.subscribe("orders.placed", () => second.opened);
    let isDone = false;
    const publishing = events.publish("orders.placed", order).finally(() => (isDone = true));
    second.open();
    await turn();
    expect(isDone).toBe(false);
    first.open();
    expectSuccess(await publishing);
  });

  it("lets the publisher's own code run on before a handler begins", async () => {
    const { events } = eventModule(eventBus());
    const steps: string[] = [];
    events.subscribe("orders.placed", async () => steps.push("handler"));
    const publishing = events.publish("orders.placed", order);
    steps.push("publisher");
    await publishing;
    expect(steps).toEqual(["publisher", "handler"]);
  });

  it("reaches those that are subscribed when it is called, as long as they are", async () => {
    const { events } = eventModule(eventBus());
    const calls: string[] = [];
    const leaving = events.subscribe("orders.placed", async () => calls.push("unsubscribed in time"));
    events.subscribe("orders.placed", async () => calls.push("subscribed before"));
    const publishing = events.publish("orders.placed", order);
    events.subscribe("orders.placed", async () => calls.push("subscribed after"));
    leaving.unsubscribe();
    await publishing;
    expect(calls).toEqual(["subscribed before"]);
  });

  it("tells every failure, whatever way the handler failed", async () => {
    const bus = eventBus();
    const { events } = eventModule(bus, "alpha");
    const beta = eventModule(bus, "beta");
    const [thrown, rejected] = [new Error("thrown"), new Error("rejected")];
    const done: string[] = [];
    events.subscribe("orders.placed", () => {
      throw thrown;
    });
    events.subscribe("orders.*", () => Promise.reject(rejected));
    beta.events.subscribe("*", async () => Result.error("REFUSED", "no stock"));
    beta.events.subscribe("orders.placed", async () => done.push("undisturbed"));
    const error = expectFailure(await events.publish("orders.placed", order), "HANDLERS_FAILED");
    expect(error.details).toMatchObject({
      failures: [
        { moduleId: "alpha", pattern: "orders.placed", error: thrown },
        { moduleId: "alpha", pattern: "orders.*", error: rejected },
        { moduleId: "beta", pattern: "*", error: { code: "REFUSED", message: "no stock" } },
      ],
    });
    expect(error.cause).toBe(thrown);
    expect(error.message).toBe(
      '3 handlers of "orders.placed" failed: module "alpha": thrown; module "alpha": rejected; module "beta": REFUSED: no stock',
    );
    expect(done).toEqual(["undisturbed"]);
  });

  it.each([
    ["a text", "broken", "broken"],
    ["an error without message", new TypeError(), "TypeError"],
    ["nothing", undefined, "undefined"],
    ["an object without prototype", Object.create(null), "[Object: null prototype] {}"],
  ])("describes a handler that rejects with %s", async (_name, reason, text) => {
    const { events } = eventModule(eventBus());
    events.subscribe("stock.low", () => Promise.reject(reason));
    const error = expectFailure(await events.publish("stock.low", { item: 1 }), "HANDLERS_FAILED");
    expect(error.message).toBe(`A handler of "stock.low" failed: module "alpha": ${text}`);
  });

  it("accepts a legacy handler that is a plain function", async () => {
    const { events } = eventModule(eventBus());
    events.subscribe("orders.placed", (() => "done") as never);
    expectSuccess(await events.publish("orders.placed", order));
  });

  it("stops waiting when its signal aborts, and lets the handlers go on", async () => {
    const { events } = eventModule(eventBus());
    const controller = new AbortController();
    const { opened, open } = gate();
    let isHandled = false;
    events.subscribe("orders.placed", async (_event, { signal }) => {
      await opened;
      isHandled = !signal.aborted;
    });
    const publishing = events.publish("orders.placed", order, { signal: controller.signal });
    controller.abort(new Error("given up"));
    await expect(publishing).rejects.toThrow("given up");
    open();
    await turn();
    expect(isHandled).toBe(true);
  });

  it("publishes nothing when its signal has aborted before, and all when it aborts later", async () => {
    const { events } = eventModule(eventBus());
    let count = 0;
    events.subscribe("orders.placed", async () => (count += 1));
    const signal = AbortSignal.abort(new Error("given up"));
    await expect(events.publish("orders.placed", order, { signal })).rejects.toThrow("given up");
    expect(count).toBe(0);
    const controller = new AbortController();
    expectSuccess(await events.publish("orders.placed", order, { signal: controller.signal }));
    controller.abort();
    expect(count).toBe(1);
  });

  it("keeps the async context of the publisher, also for a handler that had to wait", async () => {
    const { events } = eventModule(eventBus());
    const requests = new AsyncLocalStorage<string>();
    const seen: unknown[] = [];
    const { opened, open } = gate();
    events.subscribe("orders.placed", async () => (await opened, seen.push(requests.getStore())), { concurrency: 1 });
    const publishing = ["first", "second"].map((request) =>
      requests.run(request, () => events.publish("orders.placed", order)),
    );
    await turn();
    open();
    await Promise.all(publishing);
    expect(seen).toEqual(["first", "second"]);
  });

  it.each(["", "orders.*", "*", "orders..placed", ".placed", "orders placed", 7])(
    "refuses the type %j",
    async (type) => {
      const { events } = eventModule(eventBus());
      await expect(events.publish(type as never, order as never)).rejects.toMatchObject({ code: "INVALID_EVENT_TYPE" });
      expect(() => events.publishAndForget(type as never, order as never)).toThrow(/is not the type of an event/);
    },
  );

  it("takes a type without a dot", async () => {
    const { events } = eventModule(eventBus());
    expectSuccess(await events.publish("placed" as "orders.placed", order));
  });

  it("refuses a subject that is empty", async () => {
    const { events } = eventModule(eventBus());
    await expect(events.publish("orders.placed", order, { subject: "" })).rejects.toMatchObject({
      code: "INVALID_EVENT_OPTION",
      message: 'subject must be a text that is not empty, not "".',
    });
    expectSuccess(await events.publish("orders.placed", order, { subject: "o-1" }));
  });
});

describe("publish from within a handler", () => {
  it("may publish the event that it handles", async () => {
    const { events } = eventModule(eventBus());
    const items: number[] = [];
    events.subscribe("stock.low", async ({ data: { item } }) => {
      items.push(item);
      if (item < 100) await events.publish("stock.low", { item: item + 1 });
    });
    expectSuccess(await events.publish("stock.low", { item: 1 }));
    expect(items).toHaveLength(100);
  });

  it("shows every handler the events in the order of publication", async () => {
    const { events } = eventModule(eventBus());
    const seen: string[] = [];
    events.once("orders.placed", async () => void (await events.publish("stock.low", { item: 1 })));
    events.subscribe("*", async ({ type }) => seen.push(type));
    await events.publish("orders.placed", order);
    expect(seen).toEqual(["orders.placed", "stock.low"]);
  });

  it("tells a deadlock of a handler that would wait for itself", async () => {
    const { events } = eventModule(eventBus());
    const inner: PublishResult[] = [];
    events.subscribe(
      "stock.low",
      async ({ data }) => {
        if (data.item === 1) inner.push(await events.publish("stock.low", { item: 2 }));
      },
      { concurrency: 1 },
    );
    expectSuccess(await events.publish("stock.low", { item: 1 }));
    const [failure] = failuresOf(inner[0]!);
    expect(failure).toMatchObject({ moduleId: "alpha", pattern: "stock.low", error: { code: "PUBLISH_DEADLOCK" } });
  });

  it("gives the event to the other handlers when one would deadlock", async () => {
    const { events } = eventModule(eventBus());
    const items: number[] = [];
    events.subscribe("stock.low", async ({ data }) => items.push(data.item));
    events.subscribe("stock.*", ({ data }) => events.publish("stock.low", { item: data.item + 1 }), { concurrency: 1 });
    await events.publish("stock.low", { item: 1 });
    expect(items).toEqual([1, 2]);
  });

  it("finds the deadlock through other handlers, bounded or not", async () => {
    const { events } = eventModule(eventBus());
    const codes: unknown[] = [];
    events.subscribe("orders.placed", () => events.publish("stock.low", { item: 1 }), { concurrency: 1 });
    events.subscribe("stock.low", () => events.publish("orders.item.packed", { item: 1 }));
    events.subscribe(
      "orders.item.packed",
      async () => codes.push(...failuresOf(await events.publish("orders.placed", order)).map(({ error }) => error)),
      { concurrency: 1 },
    );
    expectSuccess(await events.publish("orders.placed", order));
    expect(codes).toMatchObject([{ code: "PUBLISH_DEADLOCK" }]);
  });

  it("finds the deadlock of two handlers that wait for each other", async () => {
    const { events } = eventModule(eventBus());
    const both = gate();
    const failed: string[] = [];
    let running = 0;
    const meet = async () => {
      running += 1;
      if (running === 2) both.open();
      await both.opened;
    };
    events.subscribe(
      "orders.placed",
      async () => {
        await meet();
        if (failuresOf(await events.publish("stock.low", { item: 1 })).length > 0) failed.push("orders.placed");
      },
      { concurrency: 1 },
    );
    events.subscribe(
      "stock.low",
      async () => {
        await meet();
        if (running === 2 && failuresOf(await events.publish("orders.placed", order)).length > 0)
          failed.push("stock.low");
      },
      { concurrency: 1 },
    );
    await Promise.all([events.publish("orders.placed", order), events.publish("stock.low", { item: 2 })]);
    expect(failed).toHaveLength(1);
  });

  it("waits where another place can still become free", async () => {
    const { events } = eventModule(eventBus());
    const other = gate();
    const handled: string[] = [];
    events.subscribe(
      "orders.placed",
      async ({ data: { orderId } }) => {
        if (orderId === "slow") await other.opened;
        if (orderId === "nesting") expectSuccess(await events.publish("orders.placed", { orderId: "nested" }));
        handled.push(orderId);
      },
      { concurrency: 2 },
    );
    const publishing = [
      events.publish("orders.placed", { orderId: "slow" }),
      events.publish("orders.placed", { orderId: "nesting" }),
    ];
    await turn();
    other.open();
    for (const result of await Promise.all(publishing)) expectSuccess(result);
    expect(handled).toEqual(["slow", "nested", "nesting"]);
  });

  it("tells the deadlock of handlers that fill all places", async () => {
    const { events } = eventModule(eventBus());
    const failures: unknown[] = [];
    events.subscribe(
      "stock.low",
      async ({ data: { item } }) => {
        if (item < 10) failures.push(...failuresOf(await events.publish("stock.low", { item: item + 10 })));
      },
      { concurrency: 2 },
    );
    await Promise.all([1, 2].map((item) => events.publish("stock.low", { item })));
    expect(failures).toMatchObject([{ error: { code: "PUBLISH_DEADLOCK" } }]);
  });

  it("is no deadlock once the publisher has ended", async () => {
    const { events } = eventModule(eventBus());
    const { opened, open } = gate();
    const orders: string[] = [];
    let late: Promise<PublishResult> | undefined;
    events.subscribe(
      "orders.placed",
      async ({ data }) => {
        orders.push(data.orderId);
        late ??= opened.then(() => events.publish("orders.placed", { orderId: "o-2" }));
      },
      { concurrency: 1 },
    );
    await events.publish("orders.placed", order);
    open();
    expectSuccess(await late!);
    expect(orders).toEqual(["o-1", "o-2"]);
  });

  it("is no deadlock once the publisher has given up waiting", async () => {
    const { events } = eventModule(eventBus());
    const [placing, lowering] = [gate(), gate()];
    const results: PublishResult[] = [];
    const controller = new AbortController();
    const publishLow = async (item: number) => void results.push(await events.publish("stock.low", { item }));
    events.subscribe("orders.placed", () => placing.opened.then(() => publishLow(2)), { concurrency: 1 });
    events.subscribe(
      "stock.low",
      async ({ data }) => {
        if (data.item > 1) return;
        await events.publish("orders.placed", order, { signal: controller.signal }).catch(() => {});
        await lowering.opened;
      },
      { concurrency: 1 },
    );
    const publishing = [events.publish("orders.placed", order), events.publish("stock.low", { item: 1 })];
    await turn();
    controller.abort();
    await turn();
    placing.open();
    await turn();
    lowering.open();
    await Promise.all(publishing);
    await turn();
    expect(results).toEqual([Result.success(undefined), Result.success(undefined)]);
  });
});

describe("publishAndForget", () => {
  it("delivers in a background task of the publishing module", async () => {
    const bus = eventBus();
    const publisher = eventModule(bus, "alpha");
    const { opened, open } = gate();
    eventModule(bus, "beta").events.subscribe("orders.placed", () => opened);
    publisher.events.publishAndForget("orders.placed", order);
    await turn();
    expect([...publisher.tasks.keys()]).toEqual(["publish orders.placed"]);
    open();
    await turn();
    expect(publisher.tasks.size).toBe(0);
  });

  it("needs no task when nobody listens", () => {
    const { events, tasks } = eventModule(eventBus());
    events.publishAndForget("orders.placed", order);
    expect(tasks.size).toBe(0);
  });

  it("has a failure logged by the module of the handler", async () => {
    const bus = eventBus();
    const publisher = eventModule(bus, "alpha");
    const receiver = eventModule(bus, "beta");
    const broken = new Error("broken");
    const ids: string[] = [];
    receiver.events.subscribe("orders.*", async ({ id }) => {
      ids.push(id);
      throw broken;
    });
    publisher.events.publishAndForget("orders.placed", order);
    await turn();
    const fields = { type: "orders.placed", eventId: ids[0], pattern: "orders.*", error: broken };
    expect(receiver.log).toEqual([{ message: "event handler failed", ...fields }]);
    expect(publisher.log).toEqual([]);
  });

  it("keeps the order of events, also with publish", async () => {
    const { events } = eventModule(eventBus());
    const orders: string[] = [];
    events.subscribe("orders.placed", async ({ data }) => orders.push(data.orderId));
    events.publishAndForget("orders.placed", { orderId: "first" });
    void events.publish("orders.placed", { orderId: "second" });
    events.publishAndForget("orders.placed", { orderId: "third" });
    await turn();
    expect(orders).toEqual(["first", "second", "third"]);
  });

  it("queues what a handler of concurrency 1 publishes for itself", async () => {
    const { events, log } = eventModule(eventBus());
    const items: number[] = [];
    events.subscribe(
      "stock.low",
      async ({ data: { item } }) => {
        items.push(item);
        if (item < 3) events.publishAndForget("stock.low", { item: item + 1 });
      },
      { concurrency: 1 },
    );
    await events.publish("stock.low", { item: 1 });
    await turn();
    expect(items).toEqual([1, 2, 3]);
    expect(log).toEqual([]);
  });

  it("frees those that handle its event to await what its publisher handles", async () => {
    const { events, log } = eventModule(eventBus());
    const handled: string[] = [];
    events.subscribe(
      "orders.placed",
      async ({ data: { orderId } }) => {
        if (orderId === "o-1") events.publishAndForget("stock.low", { item: 1 });
        await turn();
        handled.push(orderId);
      },
      { concurrency: 1 },
    );
    events.subscribe("stock.low", () => events.publish("orders.placed", { orderId: "o-2" }));
    await events.publish("orders.placed", order);
    await turn();
    await turn();
    expect(handled).toEqual(["o-1", "o-2"]);
    expect(log).toEqual([]);
  });
});
