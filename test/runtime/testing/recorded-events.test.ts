import { describe, expect, it } from "vitest";
import { recordEvents } from "../../../src/runtime/testing/recorded-events.js";
import { eventBus, eventModule, gate } from "../events/event-module.js";

function recorded() {
  const bus = eventBus();
  const { opened, open } = gate();
  return { events: eventModule(bus).events, record: recordEvents(bus, opened), stop: open };
}

describe("recorded events", () => {
  it("are all that were published, in order, also those that nobody handles", async () => {
    const { events, record } = recorded();
    expect(record).toHaveLength(0);
    void events.publish("orders.placed", { orderId: "o-1" });
    expect(record.map(({ type }) => type)).toEqual(["orders.placed"]);
    events.publishAndForget("stock.low", { item: 1 });
    expect(record.map(({ data }) => data)).toEqual([{ orderId: "o-1" }, { item: 1 }]);
    expect(record.filter(({ type }) => type === "stock.low")).toHaveLength(1);
  });

  it("are chosen by type or pattern", async () => {
    const { events, record } = recorded();
    await events.publish("orders.placed", { orderId: "o-1" });
    await events.publish("stock.low", { item: 1 });
    await events.publish("orders.item.packed", { item: 2 });
    expect(record.of("orders.*").map(({ type }) => type)).toEqual(["orders.placed", "orders.item.packed"]);
    expect(record.of("stock.low").map(({ data }) => data.item)).toEqual([1]);
    expect(() => record.of("stock*" as never)).toThrow(/is not a pattern of event types/);
  });

  it("are given one by one, whether they were published before or come later", async () => {
    const { events, record } = recorded();
    await events.publish("stock.low", { item: 1 });
    expect((await record.next("stock.low")).data.item).toBe(1);
    const [second, third] = [record.next("stock.low"), record.next("stock.low")];
    await events.publish("orders.placed", { orderId: "o-1" });
    await events.publish("stock.low", { item: 2 });
    await events.publish("stock.low", { item: 3 });
    expect((await second).data.item).toBe(2);
    expect((await third).data.item).toBe(3);
    expect((await record.next("stock.*")).data.item).toBe(1);
  });

  it("are not waited for any more when the signal aborts", async () => {
    const { events, record } = recorded();
    const controller = new AbortController();
    const given = record.next("stock.low", { signal: controller.signal });
    controller.abort(new Error("given up"));
    await expect(given).rejects.toThrow("given up");
    await expect(record.next("stock.low", { signal: controller.signal })).rejects.toThrow("given up");
    await events.publish("stock.low", { item: 1 });
    expect((await record.next("stock.low")).data.item).toBe(1);
  });

  it("are not waited for any more when the application has stopped", async () => {
    const { events, record, stop } = recorded();
    const waiting = record.next("stock.low");
    void record.next("stock.*");
    await events.publish("orders.placed", { orderId: "o-1" });
    stop();
    await expect(waiting).rejects.toMatchObject({
      code: "EVENTS_CLOSED",
      message: 'The application was stopped, and no further event "stock.low" was published.',
    });
    expect((await record.next("orders.placed")).data.orderId).toBe("o-1");
    await expect(record.next("orders.placed")).rejects.toMatchObject({ code: "EVENTS_CLOSED" });
  });

  it("cannot be waited for by a pattern that is none", async () => {
    await expect(recorded().record.next("stock*" as never)).rejects.toMatchObject({ code: "INVALID_EVENT_TYPE" });
  });
});
