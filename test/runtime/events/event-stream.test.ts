import { describe, expect, it } from "vitest";
import { eventBus, eventModule, turn } from "./event-module.js";

describe("events", () => {
  it("gives each event from the call on, also those that are published between two steps", async () => {
    const { events } = eventModule(eventBus());
    await events.publish("stock.low", { item: 0 });
    const stream = events.events("stock.low");
    await events.publish("stock.low", { item: 1 });
    const items: number[] = [];
    for await (const { data } of stream) {
      items.push(data.item);
      if (data.item === 1) {
        await events.publish("stock.low", { item: 2 });
        await events.publish("stock.low", { item: 3 });
      }
      if (data.item === 3) void events.publish("stock.low", { item: 4 });
      if (data.item === 4) break;
    }
    expect(items).toEqual([1, 2, 3, 4]);
  });

  it("unsubscribes when the loop is left", async () => {
    const { events } = eventModule(eventBus());
    const stream = events.events("stock.low");
    await events.publish("stock.low", { item: 1 });
    for await (const _ of stream) break;
    await events.publish("stock.low", { item: 2 });
    expect(await stream.next()).toEqual({ done: true, value: undefined });
  });

  it("ends when its module stops, whether it waits or not", async () => {
    const { events } = eventModule(eventBus());
    const [waiting, buffered] = [events.events("orders.placed"), events.events("stock.low")];
    await events.publish("stock.low", { item: 1 });
    const next = waiting.next();
    await events.close();
    expect(await next).toEqual({ done: true, value: undefined });
    expect(await buffered.next()).toEqual({ done: true, value: undefined });
  });

  it("rejects with the reason of its signal, whether it waits or not", async () => {
    const { events } = eventModule(eventBus());
    const controller = new AbortController();
    const options = { signal: controller.signal };
    const [waiting, buffered] = [events.events("orders.placed", options), events.events("stock.low", options)];
    await events.publish("stock.low", { item: 1 });
    const next = waiting.next();
    controller.abort(new Error("given up"));
    await expect(next).rejects.toThrow("given up");
    await expect(buffered.next()).rejects.toThrow("given up");
    await expect(events.events("stock.low", options).next()).rejects.toThrow("given up");
  });

  it("answers several readers in their order", async () => {
    const { events } = eventModule(eventBus());
    const stream = events.events("stock.low");
    const steps = [stream.next(), stream.next(), stream.next()];
    await events.publish("stock.low", { item: 1 });
    await events.publish("stock.low", { item: 2 });
    await stream.return?.();
    const items = (await Promise.all(steps)).map(({ value }) => value?.data.item);
    expect(items).toEqual([1, 2, undefined]);
  });

  it("ends with the scope that holds it", async () => {
    const { events } = eventModule(eventBus());
    const stream = events.events("stock.low");
    const next = stream.next();
    await (stream as unknown as AsyncDisposable)[Symbol.asyncDispose]();
    expect(await next).toEqual({ done: true, value: undefined });
  });

  it("does not keep a publisher waiting", async () => {
    const { events } = eventModule(eventBus());
    events.events("stock.low");
    expect(await events.publish("stock.low", { item: 1 })).toEqual({ success: true, data: undefined });
    await turn();
  });

  it("refuses a pattern that is none", () => {
    const { events } = eventModule(eventBus());
    expect(() => events.events("stock*" as never)).toThrow(/is not a pattern of event types/);
  });
});
