/** A list that grows for a while. Each iteration gives what is there, waits for the rest, and ends when it is complete. */
export class GrowingList<T> implements AsyncIterable<T> {
  readonly #items: T[] = [];
  #waiting: (() => void)[] = [];
  #isComplete = false;

  add(item: T): void {
    this.#items.push(item);
    this.#wake();
  }

  complete(): void {
    this.#isComplete = true;
    this.#wake();
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<T, void> {
    let next = 0;
    while (next < this.#items.length || !this.#isComplete) {
      if (next < this.#items.length) yield this.#items[next++]!;
      else await new Promise<void>((resolve) => this.#waiting.push(resolve));
    }
  }

  #wake(): void {
    const waiting = this.#waiting;
    this.#waiting = [];
    for (const resolve of waiting) resolve();
  }
}
