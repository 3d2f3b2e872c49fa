import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import type { CloudEvent } from "../../events/cloud-event.js";
import type { Delivery, MessageHandler, PubSub, TopicSubscriptionOptions } from "../../platform/pub-sub/pub-sub.js";
import { ignore, options, topic } from "./pub-sub-cases.js";

interface Received {
  readonly event: CloudEvent;
  readonly delivery: Delivery;
}

/** A subscription that remembers what it was given. */
export interface Inbox {
  readonly received: readonly Received[];
  /** For another subscription with the same inbox. */
  readonly handler: MessageHandler;
  /** Waits until there are just so many deliveries. */
  take(count: number): Promise<readonly [Received, ...Received[]]>;
  close(): Promise<void>;
}

export async function subscribe(
  pubSub: PubSub,
  handle: MessageHandler = ignore,
  more: Partial<TopicSubscriptionOptions> = {},
  name = topic,
): Promise<Inbox> {
  const received: Received[] = [];
  const handler: MessageHandler = async (event, delivery) => {
    received.push({ event, delivery });
    return handle(event, delivery);
  };
  const subscription = await pubSub.subscribe(name, handler, { ...options, ...more });
  if (!subscription.success) return assert.fail(`subscribe: ${subscription.error.code} ${subscription.error.message}`);
  const take = async (count: number) => {
    for (let attempt = 0; received.length < count && attempt < 500; attempt++) await wait(10);
    assert.equal(received.length, count, `There should be ${count} deliveries.`);
    return received as [Received, ...Received[]];
  };
  return { received, handler, take, close: () => subscription.data.close() };
}

export const dataOf = ({ event }: Received) => event.data;
