import assert from "node:assert/strict";
import type { PubSub } from "../../platform/pub-sub/pub-sub.js";

/** Cases by their names, each for pub/sub without a message yet. */
export type PubSubCases = Readonly<Record<string, (pubSub: PubSub) => Promise<void>>>;

/** Where cases publish and subscribe, if nothing else is said. */
export const topic = "orders.paid";

/** How they subscribe. */
export const options = { group: "shipping", retryDelayMs: 20, ackTimeoutMs: 5_000 };

/** A handler that does nothing. */
export const ignore = async () => {};

export async function publish(pubSub: PubSub, data: unknown, more = {}, name = topic): Promise<string> {
  const published = await pubSub.publish(name, data, more);
  if (!published.success) return assert.fail(`publish: ${published.error.code} ${published.error.message}`);
  return published.data.id;
}
