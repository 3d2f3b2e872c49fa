import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import type { MessageHandler } from "../../platform/pub-sub/pub-sub.js";
import { Gate } from "./gate.js";
import { dataOf, subscribe } from "./inbox.js";
import { publish, type PubSubCases } from "./pub-sub-cases.js";

/** What subscriptions have to do from their beginning to their end. */
export const subscriptionCases = {
  "runs as many handlers at the same time as it may, and not more": async (pubSub) => {
    let running = 0;
    let most = 0;
    const gate = new Gate();
    const handler = async () => {
      most = Math.max(most, ++running);
      await gate.opened;
      running--;
    };
    const inbox = await subscribe(pubSub, handler, { concurrency: 3 });
    for (let number = 0; number < 9; number++) await publish(pubSub, number);
    await inbox.take(3);
    await wait(50);
    assert.equal(inbox.received.length, 3);
    gate.open();
    await inbox.take(9);
    assert.equal(most, 3);
  },
  "closes when the running handlers have ended, and acknowledges what they did": async (pubSub) => {
    const gate = new Gate();
    const inbox = await subscribe(pubSub, () => gate.opened);
    await publish(pubSub, "running");
    await inbox.take(1);
    let hasClosed = false;
    const closing = inbox.close().then(() => (hasClosed = true));
    await publish(pubSub, "next");
    assert.equal(hasClosed, false);
    gate.open();
    await closing;
    assert.equal(inbox.received[0]?.delivery.signal.aborted, false);
    const successor = await subscribe(pubSub);
    assert.deepEqual((await successor.take(1)).map(dataOf), ["next"]);
  },
  "ends with its signal, which handlers see": async (pubSub) => {
    const controller = new AbortController();
    const untilAborted = (signal: AbortSignal) =>
      new Promise<void>((resolve) => signal.addEventListener("abort", () => resolve(), { once: true }));
    const handler: MessageHandler = async (_, { signal }) => untilAborted(signal);
    const inbox = await subscribe(pubSub, handler, { signal: controller.signal });
    await publish(pubSub, "running");
    await inbox.take(1);
    controller.abort();
    await inbox.close();
  },
  "shows a sign of life": async (pubSub) => {
    const health = await pubSub.health();
    assert.ok(health.success && health.data.latencyMs >= 0);
  },
} satisfies PubSubCases;
