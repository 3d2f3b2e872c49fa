import assert from "node:assert/strict";
import { setTimeout as wait } from "node:timers/promises";
import type { CloudEvent } from "../events/cloud-event.js";
import type { Delivery, MessageHandler, PubSub, TopicSubscriptionOptions } from "../platform/pub-sub/pub-sub.js";
import { deadLetterTopic } from "../platform/pub-sub/topic.js";
import { Result } from "../results/result.js";
import { casesOf, type ConformanceCase, type ServiceFactory } from "./conformance-case.js";
import { assertFailure } from "./assert-result.js";

/**
 * What every adapter of `PubSub` has to do. Delays are real ones, of some tens of milliseconds.
 *
 * @example
 * ```ts
 * import { pubSubConformance } from "@phasewise/runtime/conformance";
 * import { stubPubSub } from "@phasewise/runtime/testing";
 *
 * for (const { name, run } of pubSubConformance(async () => stubPubSub())) {
 *   await run();
 *   console.log(name);
 * }
 * ```
 */
export function pubSubConformance(create: ServiceFactory<PubSub>): readonly ConformanceCase[] {
  return casesOf(create, { ...deliveries, ...failures, ...subscriptions, ...refusals });
}

type Cases = Readonly<Record<string, (pubSub: PubSub) => Promise<void>>>;

const topic = "orders.paid";
const options = { group: "shipping", retryDelayMs: 20, ackTimeoutMs: 5_000 };

const deliveries: Cases = {
  "delivers what was published, as a CloudEvent": async (pubSub) => {
    const inbox = await subscribe(pubSub);
    const data = { text: "ü 🎈\r\n\u0000", list: [1, null], __proto__x: true };
    const id = await publish(pubSub, data, { subject: "order 1" });
    const [{ event, delivery }] = await inbox.take(1);
    const { time, source, ...rest } = event;
    const type = { specversion: "1.0", type: topic, datacontenttype: "application/json" };
    assert.deepEqual(rest, { ...type, id, subject: "order 1", data });
    assert.ok(!Number.isNaN(Date.parse(time)) && source.length > 0);
    assert.equal(delivery.attempt, 1);
  },
  "gives each message to one subscriber of each group": async (pubSub) => {
    const first = await subscribe(pubSub);
    const second = await subscribe(pubSub, first.handler);
    const other = await subscribe(pubSub, undefined, { group: "billing" });
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    for (const number of numbers) await publish(pubSub, number);
    assert.deepEqual((await first.take(20)).map(dataOf).toSorted(byNumber), numbers);
    assert.deepEqual((await other.take(20)).map(dataOf), numbers);
    await Promise.all([first, second, other].map((inbox) => inbox.close()));
    assert.equal(first.received.length, 20);
  },
  "keeps messages for a group of which nobody listens": async (pubSub) => {
    const gone = await subscribe(pubSub);
    await gone.close();
    await publish(pubSub, "late");
    const inbox = await subscribe(pubSub);
    assert.deepEqual((await inbox.take(1)).map(dataOf), ["late"]);
  },
  "keeps the order when it delivers one at a time": async (pubSub) => {
    const inbox = await subscribe(pubSub);
    for (let number = 0; number < 20; number++) await publish(pubSub, number);
    assert.deepEqual(
      (await inbox.take(20)).map(dataOf),
      Array.from({ length: 20 }, (_, index) => index),
    );
  },
  "keeps topics apart": async (pubSub) => {
    const inbox = await subscribe(pubSub);
    const other = await subscribe(pubSub, undefined, {}, "orders.paid.twice");
    await publish(pubSub, "other", {}, "orders.paid.twice");
    await publish(pubSub, "own");
    assert.deepEqual((await inbox.take(1)).map(dataOf), ["own"]);
    assert.deepEqual((await other.take(1)).map(dataOf), ["other"]);
  },
  "stores a message once that is published twice with one id": async (pubSub) => {
    const inbox = await subscribe(pubSub);
    assert.equal(await publish(pubSub, "first", { id: "same" }), "same");
    assert.equal(await publish(pubSub, "second", { id: "same" }), "same");
    await publish(pubSub, "last");
    assert.deepEqual((await inbox.take(2)).map(dataOf), ["first", "last"]);
  },
};

const failures: Cases = {
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
};

const subscriptions: Cases = {
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
};

const ignore = async () => {};

const refusals: Cases = {
  "refuses topics that are none": async (pubSub) => {
    const invalid = [
      "",
      ".",
      "a.",
      ".a",
      "a..b",
      "A",
      "a b",
      "a*",
      ">",
      "a.>",
      "a/b",
      "../a",
      "a\r\nb",
      "a\u0000",
      "ä",
    ];
    for (const name of [...invalid, "__proto__", "-a", "a_b", "a".repeat(121)]) {
      assertFailure(await pubSub.publish(name, 1), "INVALID_TOPIC");
      assertFailure(await pubSub.subscribe(name, ignore, options), "INVALID_TOPIC");
    }
  },
  "refuses options that are none": async (pubSub) => {
    const invalid = [
      { group: "" },
      { group: "a.b" },
      { group: "a b" },
      { group: "*" },
      { group: "A" },
      { group: "a\r\n" },
    ];
    const numbers = [{ concurrency: 0 }, { maxDeliveries: 0.5 }, { ackTimeoutMs: 1 }, { retryDelayMs: 6_000 }];
    for (const wrong of [...invalid, ...numbers]) {
      assertFailure(await pubSub.subscribe(topic, ignore, { ...options, ...wrong }), "INVALID_OPTION");
    }
    for (const wrong of [{ id: "" }, { id: "a\r\nb" }, { id: "x".repeat(129) }, { subject: "" }]) {
      assertFailure(await pubSub.publish(topic, 1, wrong), "INVALID_OPTION");
    }
  },
  "refuses data that JSON has no form for, and what is too large": async (pubSub) => {
    for (const data of [undefined, 1n, ignore]) assertFailure(await pubSub.publish(topic, data), "NOT_SERIALIZABLE");
    assertFailure(await pubSub.publish(topic, "x".repeat(8_000_000)), "TOO_LARGE");
  },
  "does nothing when its signal has aborted": async (pubSub) => {
    const inbox = await subscribe(pubSub);
    const signal = AbortSignal.abort();
    assertFailure(await pubSub.publish(topic, "given up", { signal }), "ABORTED");
    assertFailure(await pubSub.subscribe(topic, ignore, { ...options, signal }), "ABORTED");
    await publish(pubSub, "next");
    assert.deepEqual((await inbox.take(1)).map(dataOf), ["next"]);
  },
};

interface Received {
  readonly event: CloudEvent;
  readonly delivery: Delivery;
}

/** A subscription that remembers what it was given. */
async function subscribe(
  pubSub: PubSub,
  handle: MessageHandler = ignore,
  more: Partial<TopicSubscriptionOptions> = {},
  name = topic,
) {
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

async function publish(pubSub: PubSub, data: unknown, more = {}, name = topic): Promise<string> {
  const published = await pubSub.publish(name, data, more);
  if (!published.success) return assert.fail(`publish: ${published.error.code} ${published.error.message}`);
  return published.data.id;
}

const dataOf = ({ event }: Received) => event.data;
const byNumber = (one: unknown, other: unknown) => Number(one) - Number(other);

/** Lets handlers wait until the case goes on. */
class Gate {
  open!: () => void;
  readonly opened = new Promise<void>((resolve) => (this.open = resolve));
}
