import { describe, expect, it } from "vitest";
import type { CloudEvent } from "@phasewise/runtime";
import { eventBus, eventModule } from "./event-module.js";

/** Publishes once, and gives the events that two handlers have received. */
async function publishOne(subject?: string): Promise<[CloudEvent, CloudEvent]> {
  const { events } = eventModule(eventBus(), "core.shop");
  const received: CloudEvent[] = [];
  events.subscribe("*", async (event) => received.push(event));
  events.subscribe("orders.*", async (event) => received.push(event));
  await events.publish("orders.placed", { orderId: "o-1" }, subject === undefined ? {} : { subject });
  return received as [CloudEvent, CloudEvent];
}

describe("an event", () => {
  it("is a CloudEvents 1.0 envelope", async () => {
    const begunMs = Date.now();
    const [{ id, time, ...rest }] = await publishOne();
    expect(rest).toStrictEqual({
      specversion: "1.0",
      source: "/modules/core.shop",
      type: "orders.placed",
      datacontenttype: "application/json",
      data: { orderId: "o-1" },
    });
    expect(id).toMatch(/^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/);
    expect(time).toMatch(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{3}Z$/);
    expect(Date.parse(time)).toBeGreaterThanOrEqual(begunMs);
    expect(Date.parse(time)).toBeLessThanOrEqual(Date.now());
  });

  it("has a subject if it was given one", async () => {
    expect((await publishOne("o-1"))[0].subject).toBe("o-1");
    expect((await publishOne())[0]).not.toHaveProperty("subject");
  });

  it("has an id of its own", async () => {
    const [first] = await publishOne();
    const [second] = await publishOne();
    expect(first.id).not.toBe(second.id);
  });

  it("is one frozen object for all handlers", async () => {
    const [first, second] = await publishOne();
    expect(first).toBe(second);
    expect(Object.isFrozen(first)).toBe(true);
  });

  it("survives JSON and structuredClone", async () => {
    const [event] = await publishOne("o-1");
    expect(JSON.parse(JSON.stringify(event))).toStrictEqual(event);
    expect(structuredClone(event)).toStrictEqual(event);
  });
});
