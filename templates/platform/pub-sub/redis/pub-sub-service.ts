import { once } from "node:events";
import { type ActivationContext, Result, Service } from "@phasewise/runtime";
import {
  BrokeredPubSub,
  type CallOptions,
  type Health,
  type MessageHandler,
  PlatformCalls,
  type PlatformFailureCode,
  type PublishMessageOptions,
  type PubSub,
  type PubSubFailureCode,
  type TopicSubscription,
  type TopicSubscriptionOptions,
} from "@phasewise/runtime/platform";
import { Redis } from "ioredis";
import type { PubSubSettings } from "./pub-sub-settings.js";
import { RedisBroker } from "./redis-broker.js";

/**
 * Pub/sub over Redis Streams: a stream for each topic, and a consumer group for each group. What is acknowledged survives
 * the end of the server as its configuration says: set `appendonly yes`.
 */
export class PubSubService extends Service<PubSubSettings> implements PubSub {
  #calls!: PlatformCalls;
  #redis!: Redis;
  #pubSub!: BrokeredPubSub;
  #settings!: PubSubSettings;

  protected override async onInitialize({ logger }: ActivationContext, settings: PubSubSettings) {
    const { url, timeoutMs } = settings;
    const redis = new Redis(url, {
      lazyConnect: true,
      connectTimeout: timeoutMs,
      // A connection on which nobody answers is dead, whatever the network says, and is replaced.
      socketTimeout: 2 * timeoutMs + 1_000,
      // Nothing waits for the server to come back, and nothing is done twice.
      enableOfflineQueue: false,
      maxRetriesPerRequest: 0,
      autoResendUnfulfilledCommands: false,
      retryStrategy: (attempt) => Math.min(attempt * 50, 1_000),
    });
    redis.on("error", (error: Error) => logger.warn("Redis cannot be reached", { error: error.message }));
    this.#settings = settings;
    this.#calls = new PlatformCalls<never>({ service: "pub-sub", timeoutMs, codeOf: () => "UNAVAILABLE" });
    this.#redis = redis;
    this.#pubSub = new BrokeredPubSub(new RedisBroker(redis, settings), this.#calls, { ...settings, logger });

    // The first error says why there is no connection; the promise of connect only that there is none.
    const connected = await Result.attempt("UNAVAILABLE", () => Promise.all([once(redis, "ready"), redis.connect()]));
    if (!connected.success) redis.disconnect();
    return connected;
  }

  protected override async onDispose() {
    await this.#calls.drain();
    await this.#pubSub.close({ timeoutMs: this.#settings.stopTimeoutMs });
    this.#redis.disconnect();
  }

  async publish<Data>(
    topic: string,
    data: Data,
    options?: PublishMessageOptions,
  ): Promise<Result<{ readonly id: string }, PubSubFailureCode>> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#pubSub.publish(topic, data, options);
  }

  async subscribe<Data>(
    topic: string,
    handler: MessageHandler<Data>,
    options: TopicSubscriptionOptions,
  ): Promise<Result<TopicSubscription, PubSubFailureCode>> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#pubSub.subscribe(topic, handler, options);
  }

  async health(options?: CallOptions): Promise<Result<Health, PlatformFailureCode>> {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#calls.health(options, async () => ({
      answer: await this.#redis.ping(),
      subscriptions: this.#pubSub.subscriptions,
    }));
  }
}
