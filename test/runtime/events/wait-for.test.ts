import { describe, expect, it } from "vitest";
import { expectFailure, expectSuccess } from "@phasewise/runtime/testing";
import { fakeClock } from "@phasewise/runtime/testing";
import { eventBus, eventModule, turn } from "./event-module.js";

describe("waitFor", () => {
  it("gives the next event of a type or pattern, and no earlier one", async () => {
    const { events } = eventModule(eventBus());
    await events.publish("stock.low", { item: 1 });
    const waiting = [events.waitFor("stock.low"), events.waitFor("stock.*")];
    await events.publish("orders.placed", { orderId: "o-1" });
    await events.publish("stock.low", { item: 2 });
    await events.publish("stock.low", { item: 3 });
    for (const result of await Promise.all(waiting)) expect(expectSuccess(result).data).toEqual({ item: 2 });
  });

  it("answers TIMED_OUT when none comes in time, and releases its timer when one does", async () => {
    const clock = fakeClock();
    const { events } = eventModule(eventBus(clock));
    const late = events.waitFor("stock.low", { timeoutMs: 500 });
    const inTime = events.waitFor("orders.placed", { timeoutMs: 501 });
    await clock.advance(500);
    await events.publish("orders.placed", { orderId: "o-1" });
    await clock.advance(10_000);
    const { message } = expectFailure(await late, "TIMED_OUT");
    expect(message).toBe('no event "stock.low" was published within 500 ms');
    expectSuccess(await inTime);
  });

  it("leaves no timer behind, however it ends", async () => {
    const clock = fakeClock();
    let pending = 0;
    const counting = {
      ...clock,
      schedule(callback: () => void, delayMs: number) {
        pending += 1;
        const cancel = clock.schedule(callback, delayMs);
        return () => void ((pending -= 1), cancel());
      },
    };
    const { events } = eventModule(eventBus(counting));
    const controller = new AbortController();
    const waiting = [
      events.waitFor("stock.low", { timeoutMs: 500 }),
      events.waitFor("orders.placed", { timeoutMs: 500, signal: controller.signal }),
      events.waitFor("orders.placed", { timeoutMs: 500 }),
      events.waitFor("orders.placed", { timeoutMs: 100 }),
      events.waitFor("orders.placed", { timeoutMs: 500, signal: AbortSignal.abort() }),
    ];
    await clock.advance(100);
    await events.publish("stock.low", { item: 1 });
    controller.abort();
    await events.close();
    const outcomes = await Promise.allSettled(waiting);
    expect(outcomes.map(({ status }) => status)).toEqual([
      "fulfilled",
      "rejected",
      "rejected",
      "fulfilled",
      "rejected",
    ]);
    expect(pending).toBe(0);
  });

  it("rejects with the reason of its signal, also when that has aborted before", async () => {
    const { events } = eventModule(eventBus());
    const controller = new AbortController();
    const waiting = events.waitFor("stock.low", { signal: controller.signal });
    controller.abort(new Error("given up"));
    await expect(waiting).rejects.toThrow("given up");
    await expect(events.waitFor("stock.low", { signal: controller.signal })).rejects.toThrow("given up");
  });

  it("rejects when its module stops, and is not unhandled when nobody awaits it", async () => {
    const { events } = eventModule(eventBus());
    const waiting = events.waitFor("stock.low");
    void events.waitFor("orders.placed");
    await events.close();
    await expect(waiting).rejects.toMatchObject({ code: "EVENTS_CLOSED" });
    await turn();
  });

  it.each([-1, NaN, Infinity, "5"])("refuses the timeout %j", async (timeoutMs) => {
    const { events } = eventModule(eventBus());
    await expect(events.waitFor("stock.low", { timeoutMs: timeoutMs as number })).rejects.toMatchObject({
      code: "INVALID_EVENT_OPTION",
    });
  });

  it("refuses a pattern that is none", async () => {
    const { events } = eventModule(eventBus());
    await expect(events.waitFor("stock*" as never)).rejects.toMatchObject({ code: "INVALID_EVENT_TYPE" });
  });

  it("tells its module that it waits, until it does not", async () => {
    const waits: string[] = [];
    const beginWait = (pattern: string) => (waits.push(pattern), () => void waits.pop());
    const { events } = eventModule(eventBus(), "alpha", { beginWait });
    const waiting = events.waitFor("stock.low");
    expect(waits).toEqual(["stock.low"]);
    await events.publish("stock.low", { item: 1 });
    await waiting;
    expect(waits).toEqual([]);
  });

  it("leaves nothing behind when its module refuses to wait", async () => {
    const bus = eventBus();
    const beginWait = () => {
      throw new Error("deadlock");
    };
    const { events } = eventModule(bus, "alpha", { beginWait });
    await expect(events.waitFor("stock.low", { timeoutMs: 500 })).rejects.toThrow("deadlock");
    expect(bus.index.find("stock.low")).toEqual([]);
  });
});
