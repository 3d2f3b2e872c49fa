import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { CloudEvent, EventPattern, EventType } from "@phasewise/runtime";
import { eventBus, eventModule } from "./event-module.js";

const segments = fc.array(fc.constantFrom("a", "b", "aa"), { minLength: 1, maxLength: 3 });
const type = segments.map((names) => names.join("."));
const pattern = fc.oneof(
  type,
  type.map((prefix) => `${prefix}.*`),
  fc.constant("*"),
);
const step = fc.oneof(
  fc.record({ subscribe: pattern }),
  fc.record({ unsubscribe: fc.nat(20) }),
  fc.record({ publish: type }),
);

/** What the page says, in the plainest form. */
function isMatch(published: string, subscribed: string): boolean {
  if (subscribed === "*" || subscribed === published) return true;
  return subscribed.endsWith(".*") && published.startsWith(subscribed.slice(0, -1));
}

describe("what is subscribed", () => {
  it("receives exactly what its pattern stands for, whatever was subscribed, ended and published before", async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const { events } = eventModule(eventBus());
        const received: string[] = [];
        const subscriptions: { name: string; pattern: string; unsubscribe(): void; isLive: boolean }[] = [];
        for (const each of steps) {
          if ("subscribe" in each) {
            const name = `${subscriptions.length}`;
            const handler = async ({ type }: CloudEvent) => received.push(`${name} ${type}`);
            const subscription = events.subscribe(each.subscribe as EventPattern, handler);
            const unsubscribe = () => subscription.unsubscribe();
            subscriptions.push({ name, pattern: each.subscribe, unsubscribe, isLive: true });
          } else if ("unsubscribe" in each) {
            const subscription = subscriptions[each.unsubscribe];
            if (!subscription) continue;
            subscription.unsubscribe();
            subscription.isLive = false;
          } else {
            received.length = 0;
            await events.publish(each.publish as EventType, {} as never);
            const expected = subscriptions.filter((one) => one.isLive && isMatch(each.publish, one.pattern));
            expect(received.sort()).toEqual(expected.map(({ name }) => `${name} ${each.publish}`).sort());
          }
        }
      }),
    );
  });
});
