interface Entry<T> {
  readonly value: T;
  next: Entry<T> | undefined;
}

/** First in, first out, at the same cost for any length. */
export class Queue<T> {
  #first: Entry<T> | undefined;
  #last: Entry<T> | undefined;

  add(value: T): void {
    const entry = { value, next: undefined };
    if (this.#last) this.#last.next = entry;
    else this.#first = entry;
    this.#last = entry;
  }

  /** Takes the one that has waited longest. */
  take(): T | undefined {
    const entry = this.#first;
    this.#first = entry?.next;
    if (!this.#first) this.#last = undefined;
    return entry?.value;
  }
}
