import type { SealedMessage } from "./sealed-message.js";
import type { SubscriptionPlan } from "./subscription-plan.js";

/** What an adapter of pub/sub does: it stores messages and hands them out. It throws when it cannot. */
export interface MessageBroker {
  /** Settles when the message is stored, and would survive the end of this process. */
  store(topic: string, message: SealedMessage): Promise<void>;

  /** Makes the group known, from now on or, on a topic of dead letters, from the first one that is kept; opens its messages. */
  open(plan: SubscriptionPlan): Promise<MessageSource>;
}

/** The messages for one subscription. */
export interface MessageSource {
  /**
   * Hands over messages as they come, so many at most. Settles when that many came, when none came for a while, and when the
   * signal aborts.
   */
  receive(count: number, deliver: (message: ReceivedMessage) => void, signal: AbortSignal): Promise<void>;

  /** Gives back what the subscription held, when all its messages were dealt with. */
  close(): Promise<void>;
}

/** A message that was handed over. When nobody says what became of it, it goes to another subscriber after a while. */
export interface ReceivedMessage {
  readonly text: string;
  /** Counts its deliveries to this group, from 1. */
  readonly attempt: number;
  /** It was handled. */
  acknowledge(): Promise<void>;
  /** It failed: it is delivered again, after this time. */
  retry(delayMs: number): Promise<void>;
  /** It failed too often: it is stored on the topic of dead letters. */
  bury(): Promise<void>;
  /** It is being handled still. */
  extend?(): Promise<void>;
}
