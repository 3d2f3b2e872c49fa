import { Result } from "../../results/result.js";
import type { Logger } from "../../services/logger.js";
import { sleep } from "../../tasks/sleep.js";
import type { PlatformCalls } from "../platform-calls.js";
import type { MessageBroker } from "./message-broker.js";
import { MessagePump } from "./message-pump.js";
import type {
  MessageHandler,
  PublishMessageOptions,
  PubSub,
  PubSubFailureCode,
  TopicSubscription,
  TopicSubscriptionOptions,
} from "./pub-sub.js";
import { type MessageOrigin, sealMessage } from "./sealed-message.js";
import { planSubscription } from "./subscription-plan.js";

/** What a `BrokeredPubSub` is made of. */
export interface BrokeredPubSubOptions extends MessageOrigin {
  /** Writes lines about messages that were not handled, and about a server that does not answer. */
  readonly logger: Logger;
}

/**
 * The operations of pub/sub over a broker: what all adapters do alike. Messages are checked and put into envelopes;
 * subscriptions take as many as there is room for, keep them alive, and say what became of each.
 *
 * @example
 * ```ts
 * import { createLogger } from "@phasewise/runtime";
 * import { BrokeredPubSub, InProcessBroker, PlatformCalls } from "@phasewise/runtime/platform";
 *
 * const calls = new PlatformCalls<never>({ service: "pub-sub", timeoutMs: 1_000, codeOf: () => "UNAVAILABLE" });
 *
 * export const pubSub = new BrokeredPubSub(new InProcessBroker(), calls, {
 *   source: "/shop",
 *   maxBytes: 100_000,
 *   logger: createLogger(),
 * });
 * ```
 */
export class BrokeredPubSub implements Omit<PubSub, "health"> {
  readonly #broker: MessageBroker;
  readonly #calls: Pick<PlatformCalls, "run">;
  readonly #options: BrokeredPubSubOptions;
  readonly #pumps = new Set<MessagePump>();

  constructor(broker: MessageBroker, calls: Pick<PlatformCalls, "run">, options: BrokeredPubSubOptions) {
    this.#broker = broker;
    this.#calls = calls;
    this.#options = options;
  }

  /** How many subscriptions take messages or wait for their handlers. */
  get subscriptions(): number {
    return this.#pumps.size;
  }

  publish<Data>(
    topic: string,
    data: Data,
    options: PublishMessageOptions = {},
  ): Promise<Result<{ readonly id: string }, PubSubFailureCode>> {
    return this.#calls.run<{ readonly id: string }, PubSubFailureCode>("publish", options, async () => {
      const message = sealMessage(topic, data, options, this.#options);
      if (!message.success) return message;
      await this.#broker.store(topic, message.data);
      return Result.success({ id: message.data.id });
    });
  }

  subscribe<Data>(
    topic: string,
    handler: MessageHandler<Data>,
    options: TopicSubscriptionOptions,
  ): Promise<Result<TopicSubscription, PubSubFailureCode>> {
    return this.#calls.run<TopicSubscription, PubSubFailureCode>("subscribe", options, async (scope) => {
      const plan = planSubscription(topic, options);
      if (!plan.success) return plan;
      const source = await this.#broker.open(plan.data);
      if (scope.signal.aborted) await source.close();
      scope.signal.throwIfAborted();
      const pump = new MessagePump({ source, plan: plan.data, handler, logger: this.#options.logger });
      this.#pumps.add(pump);
      void pump.ended.then(() => this.#pumps.delete(pump));
      return Result.success(pump);
    });
  }

  /** Closes all subscriptions; after `timeoutMs` the signal of handlers that still run aborts, and they have as long again. */
  async close({ timeoutMs }: { readonly timeoutMs: number }): Promise<void> {
    const pumps = [...this.#pumps];
    const closed = Promise.all(pumps.map((pump) => pump.close()));
    if (await endsWithin(closed, timeoutMs)) return;
    for (const pump of pumps) pump.abort();
    await endsWithin(closed, timeoutMs);
  }
}

async function endsWithin(ending: Promise<unknown>, timeoutMs: number): Promise<boolean> {
  const waiting = new AbortController();
  const late = Result.attempt("CANCELLED", () => sleep(timeoutMs, { signal: waiting.signal }));
  const hasEnded = await Promise.race([ending.then(() => true), late.then(() => false)]);
  waiting.abort();
  return hasEnded;
}
