import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import type { CloudEvent } from "../../events/cloud-event.js";
import { deadLetterTopic } from "../../platform/pub-sub/topic.js";
import { Result } from "../../results/result.js";
import { dataOf, subscribe } from "./inbox.js";
import { publish, type PubSubCases, topic } from "./pub-sub-cases.js";

/** What has to come of messages whose handlers fail, or take their time. */
export const failureCases = {
  "delivers again what failed or threw, and counts": async (pubSub) => {
    const attempts: number[] = [];
    const inbox = await subscribe(pubSub, async (_, { attempt }) => {
      attempts.push(attempt);
      if (attempt === 1) return Result.error("NOT_YET", "later");
      if (attempt === 2) throw new Error("broken");
      return Result.success(attempt);
    });
    await publish(pubSub, "once");
    await inbox.take(3);
    assert.deepEqual(attempts, [1, 2, 3]);
    await inbox.close();
    const next = await subscribe(pubSub);
    await publish(pubSub, "next");
    assert.deepEqual((await next.take(1)).map(dataOf), ["next"]);
  },
  "makes a dead letter of what fails too often, and keeps it for who asks later": async (pubSub) => {
    const fail = async () => Result.error("NEVER", "not this one");
    const inbox = await subscribe(pubSub, fail, { maxDeliveries: 2 });
    const id = await publish(pubSub, "poison");
    assert.deepEqual(
      (await inbox.take(2)).map(({ delivery }) => delivery.attempt),
      [1, 2],
    );
    await inbox.close();
    const dead = await subscribe(pubSub, undefined, { group: "undertaker" }, deadLetterTopic(topic));
    const [letter] = await dead.take(1);
    assert.deepEqual([letter.event.id, letter.event.type, letter.event.data], [id, topic, "poison"]);
    const next = await subscribe(pubSub);
    await publish(pubSub, "next");
    assert.deepEqual((await next.take(1)).map(dataOf), ["next"]);
  },
  "goes on with others while one waits for its next delivery": async (pubSub) => {
    const fails = async (event: CloudEvent) => (event.data === "bad" ? Result.error("BAD", "") : undefined);
    const inbox = await subscribe(pubSub, fails, { retryDelayMs: 4_000 });
    await publish(pubSub, "bad");
    await publish(pubSub, "good");
    assert.deepEqual((await inbox.take(2)).map(dataOf), ["bad", "good"]);
  },
  "delivers once what takes longer than ackTimeoutMs, while its handler lives": async (pubSub) => {
    const inbox = await subscribe(pubSub, async () => void (await wait(700)), { ackTimeoutMs: 200, concurrency: 2 });
    await publish(pubSub, "slow");
    await inbox.take(1);
    await inbox.close();
    assert.equal(inbox.received.length, 1);
  },
} satisfies PubSubCases;
