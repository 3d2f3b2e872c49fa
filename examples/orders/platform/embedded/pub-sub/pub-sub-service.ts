import { type ActivationContext, Result, Service } from "@phasewise/runtime";
import {
  BrokeredPubSub,
  type CallOptions,
  type Health,
  InProcessBroker,
  type MessageHandler,
  PlatformCalls,
  type PlatformFailureCode,
  type PublishMessageOptions,
  type PubSub,
  type PubSubFailureCode,
  type TopicSubscription,
  type TopicSubscriptionOptions,
} from "@phasewise/runtime/platform";
import type { PubSubSettings } from "./pub-sub-settings.js";

/** Pub/sub within this process: with groups, deliveries and dead letters as with a server, until the process ends. */
export class PubSubService extends Service<PubSubSettings> implements PubSub {
  #calls!: PlatformCalls;
  #pubSub!: BrokeredPubSub;
  #settings!: PubSubSettings;

  protected override async onInitialize({ logger }: ActivationContext, settings: PubSubSettings) {
    const { timeoutMs } = settings;
    this.#settings = settings;
    this.#calls = new PlatformCalls<never>({ service: "pub-sub", timeoutMs, codeOf: () => "UNAVAILABLE" });
    this.#pubSub = new BrokeredPubSub(new InProcessBroker(settings), this.#calls, { ...settings, logger });
    return Result.success(undefined);
  }

  protected override async onDispose() {
    await this.#calls.drain();
    await this.#pubSub.close({ timeoutMs: this.#settings.stopTimeoutMs });
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
    return await this.#calls.health(options, async () => ({ subscriptions: this.#pubSub.subscriptions }));
  }
}
