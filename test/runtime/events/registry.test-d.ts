import { describe, expectTypeOf, it } from "vitest";
import type {
  CloudEvent,
  EventContext,
  EventDataOf,
  EventOf,
  EventPattern,
  EventSubscriptions,
  EventType,
  HandlerFailure,
  Result,
} from "@phasewise/runtime";
import type { RecordedEvents } from "../../../src/runtime/testing/recorded-events.js";
import "./registry.js";

declare const context: EventContext;
declare const registration: EventSubscriptions;
declare const recorded: RecordedEvents;

type Placed = CloudEvent<{ orderId: string }, "orders.placed">;
type Packed = CloudEvent<{ item: number }, "orders.item.packed">;

describe("event types", () => {
  it("are those that modules declare", () => {
    expectTypeOf<"orders.placed">().toExtend<EventType>();
    expectTypeOf<"orders.lost">().not.toExtend<EventType>();
  });

  it("have patterns for each of their prefixes", () => {
    expectTypeOf<"orders.placed" | "orders.*" | "orders.item.*" | "*">().toExtend<EventPattern>();
    expectTypeOf<"order.*">().not.toExtend<EventPattern>();
    expectTypeOf<"orders.placed.*">().not.toExtend<EventPattern>();
  });

  it("have data, a union for a pattern", () => {
    expectTypeOf<EventDataOf<"orders.placed">>().toEqualTypeOf<{ orderId: string }>();
    expectTypeOf<EventDataOf<"orders.*">>().toEqualTypeOf<{ orderId: string } | { item: number }>();
  });

  it("give events, a union for a pattern", () => {
    expectTypeOf<EventOf<"orders.placed">>().toEqualTypeOf<Placed>();
    expectTypeOf<EventOf<"orders.item.*">>().toEqualTypeOf<Packed>();
    expectTypeOf<EventOf<"orders.*">>().toEqualTypeOf<Placed | Packed>();
    expectTypeOf<Placed>().toExtend<EventOf<"*">>();
  });
});

describe("publish", () => {
  it("takes the data that the type declares", async () => {
    void context.publish("orders.placed", { orderId: "o-1" });
    context.publishAndForget("orders.placed", { orderId: "o-1" });
    // @ts-expect-error the data of another type
    void context.publish("orders.placed", { item: 1 });
    // @ts-expect-error the data of another type
    context.publishAndForget("orders.placed", { item: 1 });
    // @ts-expect-error nobody declares this type
    void context.publish("orders.lost", { orderId: "o-1" });
    // @ts-expect-error a pattern is for subscribers
    void context.publish("orders.*", { orderId: "o-1" });
  });

  it("gives a Result whose failure lists those of the handlers", async () => {
    const result = await context.publish("stock.low", { item: 1 });
    expectTypeOf(result).toExtend<Result<undefined, "HANDLERS_FAILED">>();
    if (!result.success) expectTypeOf(result.error.details.failures).toEqualTypeOf<readonly HandlerFailure[]>();
  });
});

describe("subscribe, once, waitFor and events", () => {
  it("give events of the type", async () => {
    context.subscribe("orders.placed", async (event) => expectTypeOf(event).toEqualTypeOf<Placed>());
    registration.once("orders.placed", async ({ data }, { signal }) => {
      expectTypeOf(data.orderId).toBeString();
      expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
    });
    expectTypeOf(context.waitFor("orders.placed")).resolves.toEqualTypeOf<Result<Placed, "TIMED_OUT">>();
    for await (const event of context.events("orders.placed")) expectTypeOf(event).toEqualTypeOf<Placed>();
    expectTypeOf(recorded.next("orders.placed")).resolves.toEqualTypeOf<Placed>();
  });

  it("give events that narrow by their type", () => {
    registration.subscribe("orders.*", async (event) => {
      if (event.type === "orders.placed") expectTypeOf(event.data.orderId).toBeString();
      else expectTypeOf(event.data.item).toBeNumber();
    });
    expectTypeOf(recorded.of("orders.*")).toEqualTypeOf<(Placed | Packed)[]>();
  });

  it("refuse unknown types and handlers of other data", () => {
    // @ts-expect-error nobody declares this type
    context.subscribe("orders.lost", async () => {});
    // @ts-expect-error no type has this prefix
    context.once("order.*", async () => {});
    // @ts-expect-error nobody declares this type
    void context.waitFor("orders.lost");
    // @ts-expect-error nobody declares this type
    context.events("orders.lost");
    // @ts-expect-error the event has other data
    context.subscribe("orders.placed", async ({ data }: { data: { item: number } }) => data.item);
    // @ts-expect-error a handler is async
    context.subscribe("orders.placed", () => undefined);
  });

  it("are for subscribers only in phase 1", () => {
    // @ts-expect-error nothing is published in phase 1
    void registration.publish;
    // @ts-expect-error nothing is awaited in phase 1
    void registration.waitFor;
  });
});
