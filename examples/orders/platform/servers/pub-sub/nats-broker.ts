import {
  deadLetterTopic,
  isDeadLetterTopic,
  type MessageBroker,
  type MessageSource,
  type SealedMessage,
  type SubscriptionPlan,
} from "@phasewise/runtime/platform";
import {
  AckPolicy,
  DeliverPolicy,
  DiscardPolicy,
  type JetStreamClient,
  JetStreamApiError,
  type JetStreamManager,
  RetentionPolicy,
} from "@nats-io/jetstream";
import { nanos } from "@nats-io/transport-node";
import { NatsSource } from "./nats-source.js";
import type { PubSubSettings } from "./pub-sub-settings.js";

/** How long the id of a message is remembered, in milliseconds. */
const memoryMs = 120_000;
const nameInUse = 10_058;

/** Stores messages in streams that are made when they are first needed: `<prefix>_<topic>`, for the subject `<prefix>.<topic>`. */
export class NatsBroker implements MessageBroker {
  readonly #manager: JetStreamManager;
  readonly #client: JetStreamClient;
  readonly #settings: PubSubSettings;
  readonly #streams = new Set<string>();
  isConnected = true;

  constructor(manager: JetStreamManager, settings: PubSubSettings) {
    this.#manager = manager;
    this.#client = manager.jetstream();
    this.#settings = settings;
  }

  store(topic: string, { id, isIdempotent, text }: SealedMessage): Promise<void> {
    return this.#publish(topic, text, isIdempotent ? id : undefined);
  }

  async open(plan: SubscriptionPlan): Promise<MessageSource> {
    this.#requireConnection();
    await this.#ensureStream(plan.topic);
    const stream = this.#streamOf(plan.topic);
    await this.#manager.consumers.add(stream, {
      durable_name: plan.group,
      ack_policy: AckPolicy.Explicit,
      ack_wait: nanos(plan.ackTimeoutMs),
      // Deliveries are counted here, so that the last one ends as a dead letter.
      max_deliver: -1,
      max_ack_pending: -1,
      deliver_policy: isDeadLetterTopic(plan.topic) ? DeliverPolicy.All : DeliverPolicy.New,
    });
    const consumer = await this.#client.consumers.get(stream, plan.group);
    return new NatsSource(consumer, {
      timeoutMs: this.#settings.timeoutMs,
      requireConnection: () => this.#requireConnection(),
      bury: (text, sequence) => this.#publish(deadLetterTopic(plan.topic), text, `${plan.group}/${sequence}`),
    });
  }

  async describe(): Promise<Readonly<Record<string, number>>> {
    this.#requireConnection();
    const { streams, consumers } = await this.#manager.getAccountInfo();
    return { streams, consumers };
  }

  async #publish(topic: string, text: string, id: string | undefined): Promise<void> {
    this.#requireConnection();
    await this.#ensureStream(topic);
    try {
      const { prefix, timeoutMs } = this.#settings;
      const remembered = id === undefined ? {} : { msgID: id };
      await this.#client.publish(`${prefix}.${topic}`, text, { ...remembered, timeout: timeoutMs });
    } catch (error) {
      // Somebody may have removed the stream: the next call makes it anew.
      this.#streams.delete(topic);
      throw error;
    }
  }

  /** Messages stay until every group has handled them, dead letters until there are too many. */
  async #ensureStream(topic: string): Promise<void> {
    if (this.#streams.has(topic)) return;
    const { prefix, replicas, maxMessages, maxDeadLetters } = this.#settings;
    const policy = isDeadLetterTopic(topic)
      ? { retention: RetentionPolicy.Limits, discard: DiscardPolicy.Old, max_msgs: maxDeadLetters }
      : { retention: RetentionPolicy.Interest, discard: DiscardPolicy.New, max_msgs: maxMessages };
    try {
      await this.#manager.streams.add({
        name: this.#streamOf(topic),
        subjects: [`${prefix}.${topic}`],
        num_replicas: replicas,
        duplicate_window: nanos(memoryMs),
        ...policy,
      });
    } catch (error) {
      if (!(error instanceof JetStreamApiError && error.code === nameInUse)) throw error;
    }
    this.#streams.add(topic);
  }

  /** A topic has no underscore, so that two of them never share a stream. */
  #streamOf(topic: string): string {
    return `${this.#settings.prefix}_${topic.replaceAll(".", "_")}`;
  }

  #requireConnection(): void {
    if (!this.isConnected) throw new Error("There is no connection to NATS at the moment.");
  }
}
