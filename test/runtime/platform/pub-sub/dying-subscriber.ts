// A process that receives a message and never says what became of it: its test kills it meanwhile.
import { createApplication, defineModule, Result } from "@phasewise/runtime";
import { PubSubService as NatsPubSub } from "../../../../templates/platform/pub-sub/nats/pub-sub-service.js";
import { pubSubSettings as natsSettings } from "../../../../templates/platform/pub-sub/nats/pub-sub-settings.js";
import { PubSubService as RedisPubSub } from "../../../../templates/platform/pub-sub/redis/pub-sub-service.js";
import { pubSubSettings as redisSettings } from "../../../../templates/platform/pub-sub/redis/pub-sub-settings.js";

const [adapter, url, prefix, topic, ackTimeoutMs] = process.argv.slice(2) as [string, string, string, string, string];

const subscriber = defineModule({
  id: "subscriber",
  version: "1.0.0",
  async setupModule(context) {
    const pubSub = adapter === "NATS" ? new NatsPubSub() : new RedisPubSub();
    const initialized =
      pubSub instanceof NatsPubSub
        ? await pubSub.initialize(context, natsSettings.parse({ url, prefix }))
        : await pubSub.initialize(context, redisSettings.parse({ url, prefix }));
    if (!initialized.success) return initialized;
    const handler = () => {
      console.log("received");
      return new Promise<void>(() => {});
    };
    const subscribed = await pubSub.subscribe(topic, handler, {
      group: "shipping",
      ackTimeoutMs: Number(ackTimeoutMs),
    });
    if (subscribed.success) console.log("subscribed");
    return Result.map(subscribed, () => undefined);
  },
});

await createApplication({ modules: [subscriber] }).start();
