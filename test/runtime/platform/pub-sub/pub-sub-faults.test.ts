import { randomUUID } from "node:crypto";
import { Result } from "@phasewise/runtime";
import type { PubSub } from "@phasewise/runtime/platform";
import { expectFailure, expectSuccess } from "@phasewise/runtime/testing";
import { describe, expect, it, onTestFinished, vi } from "vitest";
import { PubSubService as NatsPubSub } from "../../../../templates/platform/pub-sub/nats/pub-sub-service.js";
import { pubSubSettings as natsSettings } from "../../../../templates/platform/pub-sub/nats/pub-sub-settings.js";
import { PubSubService as RedisPubSub } from "../../../../templates/platform/pub-sub/redis/pub-sub-service.js";
import { pubSubSettings as redisSettings } from "../../../../templates/platform/pub-sub/redis/pub-sub-settings.js";
import { FaultProxy } from "../fault-proxy.js";
import { initializeService } from "../initialize-service.js";
import { removeKeys } from "../remove-keys.js";
import { removeStreams } from "../remove-streams.js";
import { findServer } from "../server.js";

const timeoutMs = 500;
const [redis, nats] = await Promise.all([findServer("redis"), findServer("nats")]);

const adapters = [
  {
    name: "Redis",
    server: redis,
    clean: removeKeys,
    create: (url: string, prefix: string) =>
      initializeService(new RedisPubSub(), redisSettings.parse({ url, prefix, timeoutMs })),
  },
  {
    name: "NATS",
    server: nats,
    clean: removeStreams,
    create: (url: string, prefix: string) =>
      initializeService(new NatsPubSub(), natsSettings.parse({ url, prefix, timeoutMs, pingIntervalMs: 200 })),
  },
];

const topic = "orders.paid";
const options = { group: "shipping", concurrency: 4, retryDelayMs: 20, ackTimeoutMs: 600, maxDeliveries: 100 };

describe.each(adapters)("pub/sub over $name, when its server", ({ name, server, clean, create }) => {
  const reason = "missing" in server ? ` (${name}: ${server.missing})` : "";
  const test = it.skipIf("missing" in server);

  /** Pub/sub whose server can be taken away. */
  async function open() {
    if ("missing" in server) throw new Error(server.missing);
    const prefix = randomUUID();
    onTestFinished(() => clean(server.url, prefix));
    const proxy = await FaultProxy.open(server.url);
    onTestFinished(() => proxy[Symbol.asyncDispose]());
    return { proxy, pubSub: await create(proxy.through(server.url), prefix) };
  }

  /** Collects what is delivered, by a handler that fails now and then. */
  async function collect(pubSub: PubSub) {
    const received = new Set<unknown>();
    const handler = async ({ data }: { data: unknown }, { attempt }: { attempt: number }) => {
      if (attempt === 1 && Number(data) % 7 === 0) return Result.error("NOT_YET", "later");
      received.add(data);
      return Result.success(undefined);
    };
    expectSuccess(await pubSub.subscribe(topic, handler, options));
    return received;
  }

  const untilBack = (pubSub: PubSub) =>
    vi.waitFor(async () => expectSuccess(await pubSub.publish(topic, "back")), { timeout: 15_000, interval: 20 });

  test(`is gone, answers UNAVAILABLE in time, and goes on when it is back${reason}`, async () => {
    const { proxy, pubSub } = await open();
    const received = await collect(pubSub);
    proxy.cut();
    await vi.waitFor(async () => expectFailure(await pubSub.publish(topic, "lost"), "UNAVAILABLE"));
    expectFailure(await pubSub.subscribe(topic, async () => {}, { group: "other" }), "UNAVAILABLE");
    expectFailure(await pubSub.health(), "UNAVAILABLE");

    proxy.restore();
    await untilBack(pubSub);
    await vi.waitFor(() => expect(received).toContain("back"), { timeout: 10_000 });
    expectSuccess(await pubSub.health());
  });

  test(`comes and goes while messages flow, loses none whose publishing succeeded${reason}`, async () => {
    const { proxy, pubSub } = await open();
    const received = await collect(pubSub);
    const published = new Set<number>();
    let longestMs = 0;
    const publish = async (number: number) => {
      const begunMs = performance.now();
      const outcome = await pubSub.publish(topic, number);
      longestMs = Math.max(longestMs, performance.now() - begunMs);
      if (outcome.success) published.add(number);
      else expect(["UNAVAILABLE", "TIMED_OUT"]).toContain(outcome.error.code);
    };
    for (let number = 1; number <= 150; number++) {
      if (number % 50 === 20) proxy.cut();
      if (number % 50 === 25) {
        proxy.restore();
        await untilBack(pubSub);
      }
      await publish(number);
    }
    expect(published.size).toBeGreaterThan(100);
    expect(longestMs).toBeLessThan(timeoutMs + 2_000);
    const isMissing = (number: number) => !received.has(number);
    await vi.waitFor(() => expect([...published].filter(isMissing)).toEqual([]), { timeout: 20_000 });
  });

  test(`is silent, answers TIMED_OUT or UNAVAILABLE in time, and goes on over another connection${reason}`, async () => {
    const { proxy, pubSub } = await open();
    const received = await collect(pubSub);
    expectSuccess(await pubSub.publish(topic, "first"));
    proxy.drop();
    const begunMs = performance.now();
    const silent = await pubSub.publish(topic, "silent");
    expect(performance.now() - begunMs).toBeLessThan(timeoutMs + 2_000);
    expect(["UNAVAILABLE", "TIMED_OUT"]).toContain(silent.success ? undefined : silent.error.code);

    proxy.restore();
    await untilBack(pubSub);
    await vi.waitFor(() => expect(received).toContain("back"), { timeout: 15_000 });
  });

  test(`is asked for other times than before, gives them to the group${reason}`, async () => {
    const { pubSub } = await open();
    for (const ackTimeoutMs of [30_000, 500]) {
      const changed = { ...options, ackTimeoutMs, concurrency: 8 };
      const subscription = expectSuccess(await pubSub.subscribe(topic, async () => {}, changed));
      await subscription.close();
    }
    const received = await collect(pubSub);
    expectSuccess(await pubSub.publish(topic, "changed"));
    await vi.waitFor(() => expect(received).toContain("changed"), { timeout: 10_000 });
  });

  test(`is gone for good, still lets the application stop${reason}`, async () => {
    const { proxy, pubSub } = await open();
    await collect(pubSub);
    proxy.cut();
    const begunMs = performance.now();
    await pubSub[Symbol.asyncDispose]();
    expect(performance.now() - begunMs).toBeLessThan(10_000);
    expectFailure(await pubSub.publish(topic, 1), "NOT_INITIALIZED");
  });
});
