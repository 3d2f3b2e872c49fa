import { type ChildProcess, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { join } from "node:path";
import { createInterface } from "node:readline";
import { fileURLToPath } from "node:url";
import { expectSuccess } from "@phasewise/runtime/testing";
import { Redis } from "ioredis";
import { rolldown } from "rolldown";
import { afterAll, beforeAll, describe, expect, it, onTestFinished, vi } from "vitest";
import { PubSubService as NatsPubSub } from "../../../../templates/platform/pub-sub/nats/pub-sub-service.js";
import { pubSubSettings as natsSettings } from "../../../../templates/platform/pub-sub/nats/pub-sub-settings.js";
import { PubSubService as RedisPubSub } from "../../../../templates/platform/pub-sub/redis/pub-sub-service.js";
import { pubSubSettings as redisSettings } from "../../../../templates/platform/pub-sub/redis/pub-sub-settings.js";
import { type TemporaryFolder, temporaryFolder } from "../../temporary-folder.js";
import { initializeService } from "../initialize-service.js";
import { removeKeys } from "../remove-keys.js";
import { removeStreams } from "../remove-streams.js";
import { findServer } from "../server.js";

const [redis, nats] = await Promise.all([findServer("redis"), findServer("nats")]);
const topic = "orders.paid";
const ackTimeoutMs = 1_000;

const adapters = [
  {
    name: "Redis",
    server: redis,
    clean: removeKeys,
    create: (url: string, prefix: string) => initializeService(new RedisPubSub(), redisSettings.parse({ url, prefix })),
  },
  {
    name: "NATS",
    server: nats,
    clean: removeStreams,
    create: (url: string, prefix: string) => initializeService(new NatsPubSub(), natsSettings.parse({ url, prefix })),
  },
];

let folder: TemporaryFolder;

/** The program of the subscriber, as Node runs it. */
beforeAll(async () => {
  folder = await temporaryFolder({});
  const bundle = await rolldown({
    input: fileURLToPath(new URL("dying-subscriber.ts", import.meta.url)),
    platform: "node",
    external: ["ioredis", "zod", /^@nats-io\//, "undici", "yaml", "@opentelemetry/api"],
    resolve: { conditionNames: ["@phasewise/source", "node", "import"], extensionAlias: { ".js": [".ts", ".js"] } },
  });
  await bundle.write({ dir: folder.path, format: "esm", entryFileNames: "subscriber.mjs" });
  await bundle.close();
});

afterAll(() => folder[Symbol.asyncDispose]());

/** The lines of a process, as they come. */
function linesOf(child: ChildProcess): Set<string> {
  const lines = new Set<string>();
  createInterface(child.stdout!).on("line", (line) => void lines.add(line));
  return lines;
}

describe.each(adapters)("a subscriber over $name", ({ name, server, clean, create }) => {
  const reason = "missing" in server ? ` (${name}: ${server.missing})` : "";

  it.skipIf("missing" in server)(`that is killed has its message delivered to another one${reason}`, async () => {
    if ("missing" in server) throw new Error(server.missing);
    const prefix = randomUUID();
    onTestFinished(() => clean(server.url, prefix));
    const args = [join(folder.path, "subscriber.mjs"), name, server.url, prefix, topic, String(ackTimeoutMs)];
    const child = spawn(process.execPath, args, { stdio: ["ignore", "pipe", "ignore"] });
    onTestFinished(() => void child.kill("SIGKILL"));
    const lines = linesOf(child);
    await vi.waitFor(() => expect(lines).toContain("subscribed"), { timeout: 20_000 });
    const pubSub = await create(server.url, prefix);
    for (const data of [1, 2, 3]) expectSuccess(await pubSub.publish(topic, data));
    await vi.waitFor(() => expect(lines).toContain("received"), { timeout: 20_000 });
    child.kill("SIGKILL");
    await once(child, "exit");

    const attempts = new Map<unknown, number>();
    const handler = async ({ data }: { data: unknown }, { attempt }: { attempt: number }) => {
      attempts.set(data, attempt);
    };
    expectSuccess(await pubSub.subscribe(topic, handler, { group: "shipping", ackTimeoutMs }));
    await vi.waitFor(() => expect([...attempts.keys()].sort()).toEqual([1, 2, 3]), { timeout: 20_000 });
    expect(attempts.get(1)).toBe(2);
  });
});

describe("a consumer in Redis", () => {
  const reason = "missing" in redis ? ` (${redis.missing})` : "";

  it.skipIf("missing" in redis)(`that could not leave is forgotten, and no message with it${reason}`, async () => {
    if ("missing" in redis) throw new Error(redis.missing);
    const prefix = `${randomUUID()}:`;
    const key = `${prefix}${topic}`;
    onTestFinished(() => removeKeys(redis.url, prefix));
    const client = new Redis(redis.url);
    onTestFinished(() => client.disconnect());
    await client.xgroup("CREATE", key, "shipping", "0", "MKSTREAM");
    await client.xgroup("CREATECONSUMER", key, "shipping", "dead");
    await client.xadd(key, "*", "event", "{}");
    await client.xreadgroup("GROUP", "shipping", "holding", "COUNT", 1, "STREAMS", key, ">");
    const consumers = async () => JSON.stringify(await client.call("XINFO", "CONSUMERS", key, "shipping"));
    expect(await consumers()).toContain("dead");

    const pubSub = await initializeService(new RedisPubSub(), redisSettings.parse({ url: redis.url, prefix }));
    const attempts: number[] = [];
    const keep = async (_: unknown, { attempt }: { attempt: number }) => void attempts.push(attempt);
    await vi.waitFor(async () => {
      const options = { group: "shipping", ackTimeoutMs: 20 };
      await using _subscription = expectSuccess(await pubSub.subscribe(topic, keep, options));
      await vi.waitFor(() => expect(attempts[0]).toBe(2));
      expect(await consumers()).not.toMatch(/dead|holding/);
    });
  });
});
