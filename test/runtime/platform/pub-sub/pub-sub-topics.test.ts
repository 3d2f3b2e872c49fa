import { randomUUID } from "node:crypto";
import type { PubSub } from "@phasewise/runtime/platform";
import { expectFailure, expectSuccess, stubPubSub } from "@phasewise/runtime/testing";
import { jetstreamManager } from "@nats-io/jetstream";
import { connect } from "@nats-io/transport-node";
import fc from "fast-check";
import { Redis } from "ioredis";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { PubSubService as NatsPubSub } from "../../../../templates/platform/pub-sub/nats/pub-sub-service.js";
import { pubSubSettings as natsSettings } from "../../../../templates/platform/pub-sub/nats/pub-sub-settings.js";
import { PubSubService as RedisPubSub } from "../../../../templates/platform/pub-sub/redis/pub-sub-service.js";
import { pubSubSettings as redisSettings } from "../../../../templates/platform/pub-sub/redis/pub-sub-settings.js";
import { initializeService } from "../initialize-service.js";
import { removeKeys } from "../remove-keys.js";
import { removeStreams } from "../remove-streams.js";
import { findServer } from "../server.js";

const [redis, nats] = await Promise.all([findServer("redis"), findServer("nats")]);
const noteOf = (server: object) => ("missing" in server ? ` (${String(server.missing)})` : "");

const hostileText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.string({ unit: fc.constantFrom(".", "*", ">", "a", "-", "_", "$", "\r", "\n", " ", "/"), maxLength: 8 }),
  fc.constantFrom("__proto__", "$JS.API.>", "a\r\nPUB b 1\r\n", "../..", "a".repeat(500), "*", "orders.*"),
);
const topicForm = /^[a-z0-9][a-z0-9-]*(?:\.[a-z0-9][a-z0-9-]*)*$/;

/** Every hostile name is refused, in each place where a name is given. */
async function refuseAll(pubSub: PubSub): Promise<void> {
  await fc.assert(
    fc.asyncProperty(hostileText, async (text) => {
      if (!topicForm.test(text) || text.length > 120) {
        expectFailure(await pubSub.publish(text, 1), "INVALID_TOPIC");
        expectFailure(await pubSub.subscribe(text, async () => {}, { group: "shipping" }), "INVALID_TOPIC");
      }
      if (!/^[a-z0-9][a-z0-9-]*$/.test(text) || text.length > 60) {
        expectFailure(await pubSub.subscribe("orders", async () => {}, { group: text }), "INVALID_OPTION");
      }
      if (!/^[\x21-\x7e]{1,128}$/.test(text)) {
        expectFailure(await pubSub.publish("orders", 1, { id: text }), "INVALID_OPTION");
      }
    }),
  );
}

/** What is allowed arrives as it was sent, whatever it says. */
async function deliverAll(pubSub: PubSub): Promise<void> {
  const received = new Map<string, unknown>();
  const handler = async (event: { id: string; subject?: string; data: unknown }) => {
    received.set(event.id, [event.subject, event.data]);
  };
  expectSuccess(await pubSub.subscribe("orders", handler, { group: "shipping", concurrency: 10 }));
  const sent = new Map<string, unknown>();
  const subject = hostileText.filter((text) => text !== "" && text.length <= 512 && !/\p{Cs}/u.test(text));
  await fc.assert(
    fc.asyncProperty(subject, fc.jsonValue(), async (text, value) => {
      const { id } = expectSuccess(await pubSub.publish("orders", [text, value], { subject: text }));
      sent.set(id, [text, JSON.parse(JSON.stringify([text, value]))]);
    }),
    { numRuns: 100 },
  );
  await vi.waitFor(() => expect(received.size).toBe(sent.size), { timeout: 10_000 });
  expect(Object.fromEntries(received)).toEqual(Object.fromEntries(sent));
}

describe("names of topics, groups and messages", () => {
  it("are refused when they are none, before they reach any adapter", async () => {
    await using pubSub = stubPubSub();
    await refuseAll(pubSub);
  });

  it.skipIf("missing" in redis)(`never reach beyond the prefix in Redis${noteOf(redis)}`, async () => {
    if ("missing" in redis) throw new Error(redis.missing);
    const prefix = `${randomUUID()}:`;
    onTestFinished(() => removeKeys(redis.url, prefix));
    const pubSub = await initializeService(new RedisPubSub(), redisSettings.parse({ url: redis.url, prefix }));
    await refuseAll(pubSub);
    await deliverAll(pubSub);
    const client = new Redis(redis.url);
    onTestFinished(() => client.disconnect());
    expect(await client.keys(`${prefix}*`)).toEqual([`${prefix}orders`]);
  });

  it.skipIf("missing" in nats)(`never reach beyond the prefix in NATS${noteOf(nats)}`, async () => {
    if ("missing" in nats) throw new Error(nats.missing);
    const prefix = randomUUID();
    onTestFinished(() => removeStreams(nats.url, prefix));
    const pubSub = await initializeService(new NatsPubSub(), natsSettings.parse({ url: nats.url, prefix }));
    await refuseAll(pubSub);
    await deliverAll(pubSub);
    const connection = await connect({ servers: new URL(nats.url).host });
    onTestFinished(() => connection.close());
    const { streams } = await jetstreamManager(connection);
    const names: string[] = [];
    for await (const name of streams.names()) if (name.startsWith(prefix)) names.push(name);
    expect(names).toEqual([`${prefix}_orders`]);
  });
});

describe("room for messages", () => {
  const handler = async () => {};

  it.skipIf("missing" in redis)(
    `ends when no group handles them, and comes back in Redis${noteOf(redis)}`,
    async () => {
      if ("missing" in redis) throw new Error(redis.missing);
      const prefix = `${randomUUID()}:`;
      onTestFinished(() => removeKeys(redis.url, prefix));
      const settings = redisSettings.parse({ url: redis.url, prefix, maxMessages: 5, maxDeadLetters: 3 });
      const pubSub = await initializeService(new RedisPubSub(), settings);
      await holdRoom(pubSub);
      const client = new Redis(redis.url);
      onTestFinished(() => client.disconnect());
      expect(await client.xlen(`${prefix}orders.lost.dead`)).toBe(3);
      expect(await client.xinfo("GROUPS", `${prefix}orders`)).toHaveLength(1);
    },
  );

  it.skipIf("missing" in nats)(`ends when no group handles them, and comes back in NATS${noteOf(nats)}`, async () => {
    if ("missing" in nats) throw new Error(nats.missing);
    const prefix = randomUUID();
    onTestFinished(() => removeStreams(nats.url, prefix));
    const settings = natsSettings.parse({ url: nats.url, prefix, maxMessages: 5, maxDeadLetters: 3 });
    await holdRoom(await initializeService(new NatsPubSub(), settings));
  });

  it.skipIf("missing" in redis)(`is not taken by what all groups have handled in Redis${noteOf(redis)}`, async () => {
    if ("missing" in redis) throw new Error(redis.missing);
    const prefix = `${randomUUID()}:`;
    onTestFinished(() => removeKeys(redis.url, prefix));
    const pubSub = await initializeService(new RedisPubSub(), redisSettings.parse({ url: redis.url, prefix }));
    let handled = 0;
    const count = async () => void handled++;
    expectSuccess(await pubSub.subscribe("orders", count, { group: "shipping", concurrency: 20 }));
    for (let number = 1; number <= 450; number++) {
      expectSuccess(await pubSub.publish("orders", number));
      if (number % 50 === 0) await vi.waitFor(() => expect(handled).toBe(number), { timeout: 10_000, interval: 5 });
    }
    const client = new Redis(redis.url);
    onTestFinished(() => client.disconnect());
    expect(await client.xlen(`${prefix}orders`)).toBeLessThan(200);
  });

  async function holdRoom(pubSub: PubSub): Promise<void> {
    for (let number = 0; number < 12; number++) expectSuccess(await pubSub.publish("orders.lost.dead", number));
    const first = expectSuccess(await pubSub.subscribe("orders", handler, { group: "shipping" }));
    await first.close();
    for (let number = 0; number < 5; number++) expectSuccess(await pubSub.publish("orders", number));
    expectFailure(await pubSub.publish("orders", "too much"), "UNAVAILABLE");

    const received: unknown[] = [];
    const keep = async ({ data }: { data: unknown }) => void received.push(data);
    expectSuccess(await pubSub.subscribe("orders", keep, { group: "shipping" }));
    await vi.waitFor(() => expect(received).toEqual([0, 1, 2, 3, 4]), { timeout: 10_000 });
    await vi.waitFor(async () => expectSuccess(await pubSub.publish("orders", "again")), { timeout: 10_000 });
    await vi.waitFor(() => expect(received.at(-1)).toBe("again"), { timeout: 10_000 });

    const letters: unknown[] = [];
    const collect = async ({ data }: { data: unknown }) => void letters.push(data);
    expectSuccess(await pubSub.subscribe("orders.lost.dead", collect, { group: "undertaker" }));
    await vi.waitFor(() => expect(letters).toEqual([9, 10, 11]), { timeout: 10_000 });
  }
});
