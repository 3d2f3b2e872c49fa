import type { MessageSource, ReceivedMessage } from "@phasewise/runtime/platform";
import type { Consumer, JsMsg } from "@nats-io/jetstream";

/** What a source is made of. */
export interface NatsSourceOptions {
  readonly timeoutMs: number;
  readonly requireConnection: () => void;
  /** Stores a dead letter, once for the message with this sequence number. */
  readonly bury: (text: string, sequence: number) => Promise<void>;
}

/** How long the server waits for new messages at a time, in milliseconds. */
const waitMs = 5_000;

/** The messages of a group, asked for as many as there is room for. */
export class NatsSource implements MessageSource {
  readonly #consumer: Consumer;
  readonly #options: NatsSourceOptions;

  constructor(consumer: Consumer, options: NatsSourceOptions) {
    this.#consumer = consumer;
    this.#options = options;
  }

  async receive(count: number, deliver: (message: ReceivedMessage) => void, signal: AbortSignal): Promise<void> {
    this.#options.requireConnection();
    const messages = await this.#consumer.fetch({ max_messages: count, expires: waitMs });
    let closed: Promise<unknown> = Promise.resolve();
    const stop = () => {
      closed = messages.close();
    };
    signal.addEventListener("abort", stop, { once: true });
    try {
      if (signal.aborted) stop();
      for await (const message of messages) deliver(this.#hand(message));
    } finally {
      signal.removeEventListener("abort", stop);
      await closed;
    }
  }

  /** The consumer is the group's: it stays. */
  async close(): Promise<void> {}

  #hand(message: JsMsg): ReceivedMessage {
    const acknowledge = async () => {
      this.#options.requireConnection();
      const isKnown = await message.ackAck({ timeout: this.#options.timeoutMs });
      if (!isKnown) throw new Error("NATS has not confirmed an acknowledgement.");
    };
    return {
      text: message.string(),
      attempt: message.info.deliveryCount,
      acknowledge,
      retry: async (delayMs) => message.nak(delayMs),
      extend: async () => message.working(),
      bury: async () => {
        await this.#options.bury(message.string(), message.info.streamSequence);
        await acknowledge();
      },
    };
  }
}
