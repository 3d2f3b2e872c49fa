import type { CloudEvent } from "../../events/cloud-event.js";
import type { Result } from "../../results/result.js";
import type { CallOptions, PlatformFailureCode, PlatformService } from "../platform-service.js";

/**
 * What the calls of pub/sub may fail with. `UNAVAILABLE` is also the answer when there is no room for another message.
 *
 * - `INVALID_TOPIC`: a topic is up to 120 lower-case letters, digits and hyphens, in parts that dots separate
 * - `INVALID_OPTION`: an id, a subject, the name of a group, a number or a time is not one
 * - `NOT_SERIALIZABLE`: JSON has no form for the data
 * - `TOO_LARGE`: the message is larger than the settings of the adapter allow
 */
export type PubSubFailureCode =
  PlatformFailureCode | "INVALID_TOPIC" | "INVALID_OPTION" | "NOT_SERIALIZABLE" | "TOO_LARGE";

/** What `publish` takes. */
export interface PublishMessageOptions extends CallOptions {
  /**
   * Makes publishing idempotent: while the server remembers it, for two minutes at least, another message with this id on this
   * topic is not stored. 1 to 128 visible characters of ASCII; a new one by default.
   */
  readonly id?: string | undefined;
  /** What the event is about, within its source: 1 to 512 characters. */
  readonly subject?: string | undefined;
}

/** What `subscribe` takes. */
export interface TopicSubscriptionOptions extends CallOptions {
  /** Who subscribes: each message goes to one subscriber of each group. Lower-case letters, digits and hyphens, up to 60. */
  readonly group: string;
  /** How many messages the handler handles at the same time; 1 by default, which also keeps them in order. */
  readonly concurrency?: number | undefined;
  /** How often a message is delivered before it becomes a dead letter; 5 by default. */
  readonly maxDeliveries?: number | undefined;
  /** How long a message that failed waits for its next delivery, in milliseconds; 1,000 by default, `ackTimeoutMs` at most. */
  readonly retryDelayMs?: number | undefined;
  /** After how many milliseconds without a sign of life of its subscriber a message goes to another one; 30,000 by default. */
  readonly ackTimeoutMs?: number | undefined;
  /** Ends the subscription, and aborts the signal of running handlers. */
  readonly signal?: AbortSignal | undefined;
}

/** What a handler is given beside the event. */
export interface Delivery {
  /** Counts the deliveries of this message to this group, from 1. */
  readonly attempt: number;
  /** Aborts when the subscription is ended by its signal, or when its service does not wait any longer. */
  readonly signal: AbortSignal;
}

/** Handles a message. A Failure or a throw has it delivered again; anything else acknowledges it. */
export type MessageHandler<Data = unknown> = (
  event: CloudEvent<Data>,
  delivery: Delivery,
) => Promise<Result<unknown> | void>;

/** Stands for a handler that receives messages. It ends with its service. */
export interface TopicSubscription extends AsyncDisposable {
  readonly topic: string;
  readonly group: string;

  /** Takes no more messages, and waits until the running handlers have ended and what they did is acknowledged. */
  close(): Promise<void>;
}

/**
 * Messages between processes, as CloudEvents, each delivered at least once to every group that has subscribed to its topic
 * before it was published: also to a group of which nobody listens at the time. What fails too often becomes a
 * message of the topic `<topic>.dead`, which keeps it for whoever subscribes there later.
 *
 * @example
 * ```ts
 * import { Result } from "@phasewise/runtime";
 * import type { PubSub } from "@phasewise/runtime/platform";
 *
 * export async function shipPaidOrders(pubSub: PubSub, ship: (id: string) => Promise<void>) {
 *   return pubSub.subscribe<{ orderId: string }>(
 *     "orders.paid",
 *     async ({ data }) => Result.attempt("NOT_SHIPPED", () => ship(data.orderId)),
 *     { group: "shipping", concurrency: 8 },
 *   );
 * }
 * ```
 */
export interface PubSub extends PlatformService {
  /** Publishes a message. A Success means that it is stored: every group gets it, whatever happens to this process. */
  publish<Data>(
    topic: string,
    data: Data,
    options?: PublishMessageOptions,
  ): Promise<Result<{ readonly id: string }, PubSubFailureCode>>;

  /** Has the handler called with each message for its group. */
  subscribe<Data>(
    topic: string,
    handler: MessageHandler<Data>,
    options: TopicSubscriptionOptions,
  ): Promise<Result<TopicSubscription, PubSubFailureCode>>;
}
