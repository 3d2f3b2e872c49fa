import { Queue } from "../../events/queue.js";
import { currentClock } from "../../tasks/clock.js";
import { onAbort } from "../../tasks/on-abort.js";
import type { MessageBroker, MessageSource, ReceivedMessage } from "./message-broker.js";
import type { SealedMessage } from "./sealed-message.js";
import type { SubscriptionPlan } from "./subscription-plan.js";
import { deadLetterTopic, isDeadLetterTopic } from "./topic.js";

/** What an `InProcessBroker` takes. */
export interface InProcessBrokerOptions {
  /** How many messages may wait for one group, those that are being handled included; 10,000 by default. */
  readonly maxMessages?: number | undefined;
  /** How many dead letters of a topic are kept, the latest ones; 1,000 by default. */
  readonly maxDeadLetters?: number | undefined;
}

interface Topic {
  readonly groups: Map<string, GroupMessages>;
  /** When the ids are forgotten, the oldest first. */
  readonly ids: Map<string, number>;
  /** Dead letters, for groups that come later. */
  readonly kept: string[];
}

const memoryMs = 120_000;

/**
 * Stores messages in the memory of this process: groups, deliveries and dead letters as with a server, until the process ends.
 *
 * @example
 * ```ts
 * import { InProcessBroker } from "@phasewise/runtime/platform";
 *
 * export const broker = new InProcessBroker({ maxMessages: 1_000 });
 * ```
 */
export class InProcessBroker implements MessageBroker {
  readonly #maxMessages: number;
  readonly #maxDeadLetters: number;
  readonly #topics = new Map<string, Topic>();

  constructor({ maxMessages = 10_000, maxDeadLetters = 1_000 }: InProcessBrokerOptions = {}) {
    this.#maxMessages = maxMessages;
    this.#maxDeadLetters = maxDeadLetters;
  }

  async store(name: string, { id, isIdempotent, text }: SealedMessage): Promise<void> {
    const topic = this.#find(name);
    if (isIdempotent && isKnown(topic.ids, id)) return;
    const groups = [...topic.groups.values()];
    if (groups.some(({ size }) => size >= this.#maxMessages)) throw new Error(`There is no room for more on ${name}.`);
    if (isIdempotent) topic.ids.set(id, currentClock().now() + memoryMs);
    this.#add(name, topic, text);
  }

  async open({ topic: name, group }: SubscriptionPlan): Promise<MessageSource> {
    const topic = this.#find(name);
    let messages = topic.groups.get(group);
    if (!messages) {
      messages = new GroupMessages((text) => this.#bury(name, text));
      topic.groups.set(group, messages);
      for (const text of topic.kept) messages.add(text);
    }
    return messages;
  }

  #bury(name: string, text: string): void {
    const deadName = deadLetterTopic(name);
    this.#add(deadName, this.#find(deadName), text);
  }

  #add(name: string, topic: Topic, text: string): void {
    for (const group of topic.groups.values()) group.add(text);
    if (!isDeadLetterTopic(name)) return;
    topic.kept.push(text);
    if (topic.kept.length > this.#maxDeadLetters) topic.kept.shift();
  }

  #find(name: string): Topic {
    const topic = this.#topics.get(name) ?? { groups: new Map(), ids: new Map(), kept: [] };
    this.#topics.set(name, topic);
    return topic;
  }
}

/** Is an id remembered? Forgets what is too old. */
function isKnown(ids: Map<string, number>, id: string): boolean {
  for (const [old, untilMs] of ids) {
    if (untilMs > currentClock().now()) break;
    ids.delete(old);
  }
  return ids.has(id);
}

/** The messages of one group, which its subscribers share. */
class GroupMessages implements MessageSource {
  readonly #bury: (text: string) => void;
  readonly #waiting = new Queue<{ readonly text: string; readonly attempt: number }>();
  readonly #arrivals = new Set<() => void>();
  /** Those that nobody has dealt with. */
  size = 0;

  constructor(bury: (text: string) => void) {
    this.#bury = bury;
  }

  add(text: string): void {
    this.size++;
    this.#offer(text, 1);
  }

  async receive(count: number, deliver: (message: ReceivedMessage) => void, signal: AbortSignal): Promise<void> {
    let message = this.#waiting.take();
    if (!message) await this.#arrival(signal);
    for (let room = count; room > 0 && !signal.aborted; room--) {
      message ??= this.#waiting.take();
      if (!message) return;
      deliver(this.#hand(message.text, message.attempt));
      message = undefined;
    }
  }

  async close(): Promise<void> {}

  #hand(text: string, attempt: number): ReceivedMessage {
    return {
      text,
      attempt,
      acknowledge: async () => void this.size--,
      retry: async (delayMs) => void currentClock().schedule(() => this.#offer(text, attempt + 1), delayMs),
      bury: async () => {
        this.size--;
        this.#bury(text);
      },
    };
  }

  #offer(text: string, attempt: number): void {
    this.#waiting.add({ text, attempt });
    for (const arrive of this.#arrivals) arrive();
  }

  async #arrival(signal: AbortSignal): Promise<void> {
    let arrive = () => {};
    const arrived = new Promise<void>((resolve) => (arrive = resolve));
    this.#arrivals.add(arrive);
    const stopListening = onAbort(signal, arrive);
    await arrived;
    stopListening();
    this.#arrivals.delete(arrive);
  }
}
