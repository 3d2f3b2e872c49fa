import { type ActivationContext, type Logger, Result, Service, withTimeout } from "@phasewise/runtime";
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
import { jetstreamManager } from "@nats-io/jetstream";
import { connect, errors, type NatsConnection } from "@nats-io/transport-node";
import { NatsBroker } from "./nats-broker.js";
import type { PubSubSettings } from "./pub-sub-settings.js";

/** Pub/sub over NATS JetStream: a stream for each topic, and a durable consumer for each group. */
export class PubSubService extends Service<PubSubSettings> implements PubSub {
  #calls!: PlatformCalls;
  #connection!: NatsConnection;
  #broker!: NatsBroker;
  #pubSub!: BrokeredPubSub;
  #settings!: PubSubSettings;
  #watching!: Promise<void>;

  protected override async onInitialize({ logger }: ActivationContext, settings: PubSubSettings) {
    const { timeoutMs } = settings;
    this.#settings = settings;
    this.#calls = new PlatformCalls<never>({ service: "pub-sub", timeoutMs, codeOf });
    return Result.attempt("UNAVAILABLE", async () => {
      this.#connection = await openConnection(settings);
      try {
        const manager = await jetstreamManager(this.#connection, { timeout: timeoutMs });
        this.#broker = new NatsBroker(manager, settings);
      } catch (error) {
        await this.#connection.close();
        throw error;
      }
      this.#pubSub = new BrokeredPubSub(this.#broker, this.#calls, { ...settings, logger });
      this.#watching = this.#watch(logger);
    });
  }

  protected override async onDispose() {
    const { stopTimeoutMs, timeoutMs } = this.#settings;
    await this.#calls.drain();
    await this.#pubSub.close({ timeoutMs: stopTimeoutMs });
    // What was said of the last messages has reached the server then, if there is one.
    void (await Result.attempt("UNAVAILABLE", () => withTimeout(() => this.#connection.flush(), { timeoutMs })));
    await this.#connection.close();
    await this.#watching;
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
      ...(await this.#broker.describe()),
      subscriptions: this.#pubSub.subscriptions,
    }));
  }

  /** While the server is away nothing is sent to it, so that every call ends at once. */
  async #watch(logger: Logger): Promise<void> {
    for await (const { type } of this.#connection.status()) {
      if (type === "disconnect") logger.warn("NATS cannot be reached");
      if (type === "reconnect") logger.info("NATS is back");
      if (type === "disconnect" || type === "reconnect") this.#broker.isConnected = type === "reconnect";
    }
  }
}

function openConnection({ url, timeoutMs, pingIntervalMs }: PubSubSettings): Promise<NatsConnection> {
  const { protocol, host, username, password } = new URL(url);
  return connect({
    servers: host,
    ...(protocol === "tls:" ? { tls: {} } : {}),
    ...(username === "" ? {} : { user: decodeURIComponent(username), pass: decodeURIComponent(password) }),
    timeout: timeoutMs,
    pingInterval: pingIntervalMs,
    maxPingOut: 2,
    maxReconnectAttempts: -1,
    reconnectTimeWait: 100,
    reconnectJitter: 100,
  });
}

function codeOf(error: unknown): "TIMED_OUT" | "UNAVAILABLE" {
  return error instanceof errors.TimeoutError ? "TIMED_OUT" : "UNAVAILABLE";
}
