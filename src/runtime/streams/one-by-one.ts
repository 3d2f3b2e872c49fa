import { Relay } from "./receiver.js";

/** Takes items from several at the same time, and pushes one after another, in the order in which they came. */
export class OneByOne<T> extends Relay<T, T> {
  #last: Promise<void> = Promise.resolve();

  /** After a failure everything that waits fails with it. */
  push(item: T): Promise<void> {
    this.#last = this.continueWith(this.#last, () => this.next.push(item));
    return this.#last;
  }
}
