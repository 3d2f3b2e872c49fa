import { onAbort } from "../tasks/on-abort.js";
import type { Subscriber } from "./subscriber.js";
import type { SubscriberIndex } from "./subscriber-index.js";

/** Where a subscriber is added. */
export interface AddOptions {
  readonly signal: AbortSignal | undefined;
  /** Must it wait for `activate`? */
  readonly isHeld: boolean;
}

/** What one module has subscribed, until it ends and nothing of it runs. */
export class ModuleSubscribers {
  readonly #index: SubscriberIndex;
  readonly #members = new Set<Subscriber>();
  readonly #held = new Set<Subscriber>();

  constructor(index: SubscriberIndex) {
    this.#index = index;
  }

  add(subscriber: Subscriber, { signal, isHeld }: AddOptions): void {
    const stopListening = onAbort(signal, (reason) => subscriber.abort(reason));
    if (!subscriber.isLive) return;

    this.#members.add(subscriber);
    if (isHeld) this.#held.add(subscriber);
    else this.#index.add(subscriber);
    subscriber.attach(() => {
      stopListening();
      this.#held.delete(subscriber);
      this.#index.delete(subscriber);
      void subscriber.whenIdle().then(() => this.#members.delete(subscriber));
    });
  }

  /** Lets events reach what was held. */
  activate(): void {
    for (const subscriber of this.#held) this.#index.add(subscriber);
    this.#held.clear();
  }

  /** Ends all of them, and waits until nothing of them runs. The reason is made when there is anybody to tell. */
  async end(makeReason: () => unknown): Promise<void> {
    if (this.#members.size === 0) return;
    const members = [...this.#members];
    const reason = makeReason();
    for (const subscriber of members) subscriber.end(reason);
    await Promise.all(members.map((subscriber) => subscriber.whenIdle()));
  }
}
