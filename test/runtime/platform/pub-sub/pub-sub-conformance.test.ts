import { randomUUID } from "node:crypto";
import { Result } from "@phasewise/runtime";
import { pubSubConformance } from "@phasewise/runtime/conformance";
import type { PubSub } from "@phasewise/runtime/platform";
import { stubPubSub } from "@phasewise/runtime/testing";
import { describe, expect, it, onTestFinished } from "vitest";
import { PubSubService as InProcessPubSub } from "../../../../templates/platform/pub-sub/in-process/pub-sub-service.js";
import { pubSubSettings as inProcessSettings } from "../../../../templates/platform/pub-sub/in-process/pub-sub-settings.js";
import { PubSubService as NatsPubSub } from "../../../../templates/platform/pub-sub/nats/pub-sub-service.js";
import { pubSubSettings as natsSettings } from "../../../../templates/platform/pub-sub/nats/pub-sub-settings.js";
import { PubSubService as RedisPubSub } from "../../../../templates/platform/pub-sub/redis/pub-sub-service.js";
import { pubSubSettings as redisSettings } from "../../../../templates/platform/pub-sub/redis/pub-sub-settings.js";
import { initializeService } from "../initialize-service.js";
import { removeKeys } from "../remove-keys.js";
import { removeStreams } from "../remove-streams.js";
import { findServer } from "../server.js";

const [redis, nats] = await Promise.all([findServer("redis"), findServer("nats")]);

describe("the stub of pub/sub", () => {
  for (const { name, run } of pubSubConformance(async () => stubPubSub())) it(name, run);
});

describe("pub/sub in process", () => {
  const create = () => initializeService(new InProcessPubSub(), inProcessSettings.parse({}));
  for (const { name, run } of pubSubConformance(create)) it(name, run);
});

describe.skipIf("missing" in redis)(`pub/sub over Redis${"missing" in redis ? ` (${redis.missing})` : ""}`, () => {
  const url = "url" in redis ? redis.url : "";
  const create = async () => {
    const prefix = `${randomUUID()}:`;
    onTestFinished(() => removeKeys(url, prefix));
    return initializeService(new RedisPubSub(), redisSettings.parse({ url, prefix }));
  };
  for (const { name, run } of pubSubConformance(create)) it(name, run);
});

describe.skipIf("missing" in nats)(`pub/sub over NATS${"missing" in nats ? ` (${nats.missing})` : ""}`, () => {
  const url = "url" in nats ? nats.url : "";
  const create = async () => {
    const prefix = randomUUID();
    onTestFinished(() => removeStreams(url, prefix));
    return initializeService(new NatsPubSub(), natsSettings.parse({ url, prefix }));
  };
  for (const { name, run } of pubSubConformance(create)) it(name, run);
});

/** The cases that an adapter fails which is right but for what is given here. */
async function failuresOf(fault: (pubSub: PubSub) => Partial<PubSub>, sought: readonly string[]): Promise<string[]> {
  const create = async () => {
    const pubSub = stubPubSub();
    const publish = pubSub.publish.bind(pubSub);
    const subscribe = pubSub.subscribe.bind(pubSub);
    return Object.assign(pubSub, fault({ publish, subscribe, health: pubSub.health }));
  };
  const cases = pubSubConformance(create).filter(({ name }) => sought.includes(name));
  const outcomes = cases.map(async ({ name, run }) => ((await Result.attempt("FAILED", run)).success ? [] : [name]));
  return (await Promise.all(outcomes)).flat();
}

describe.concurrent("the conformance of pub/sub", () => {
  const redelivery = "delivers again what failed or threw, and counts";
  const death = "makes a dead letter of what fails too often, and keeps it for who asks later";
  const once = "delivers once what takes longer than ackTimeoutMs, while its handler lives";
  const groups = "gives each message to one subscriber of each group";
  const envelope = "delivers what was published, as a CloudEvent";
  const idempotence = "stores a message once that is published twice with one id";
  const order = "keeps the order when it delivers one at a time";

  it("sees that failures are acknowledged, and nothing else", async () => {
    const acknowledging = ({ subscribe }: PubSub): Partial<PubSub> => ({
      subscribe: (topic, handler, options) =>
        subscribe<never>(
          topic,
          (event, delivery) =>
            handler(event, delivery)
              .then(undefined, () => {})
              .then(() => {}),
          options,
        ),
    });
    expect(await failuresOf(acknowledging, [redelivery, death, order, groups])).toEqual([redelivery, death]);
  });

  it("sees that messages are delivered twice", async () => {
    const doubling = ({ publish }: PubSub): Partial<PubSub> => ({
      async publish(topic, data, options) {
        await publish(topic, data, { ...options, id: undefined });
        return publish(topic, data, options);
      },
    });
    const sought = [groups, order, idempotence, once];
    expect(await failuresOf(doubling, sought)).toEqual(sought);
  });

  it("sees that subscribers of a group each get every message", async () => {
    let count = 0;
    const apart = ({ subscribe }: PubSub): Partial<PubSub> => ({
      subscribe: (topic, handler, options) => subscribe(topic, handler, { ...options, group: `g-${count++}` }),
    });
    const durability = "keeps messages for a group of which nobody listens";
    expect(await failuresOf(apart, [groups, durability, envelope])).toEqual([groups, durability]);
  });

  it("sees that ids and subjects are lost", async () => {
    const forgetful = ({ publish }: PubSub): Partial<PubSub> => ({ publish: (topic, data) => publish(topic, data) });
    expect(await failuresOf(forgetful, [envelope, idempotence, order])).toEqual([envelope, idempotence]);
  });
});
