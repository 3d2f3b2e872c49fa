/** What can stand in a line, in one at a time. */
export interface Standing<T> {
  ahead: T | undefined;
  behind: T | undefined;
}

/** First in, first out. To enter, and to leave from any place, costs the same at any length. */
export class Line<T extends Standing<T>> {
  #first: T | undefined;
  #last: T | undefined;
  #length = 0;

  get length(): number {
    return this.#length;
  }

  /** The one that has waited longest. */
  get first(): T | undefined {
    return this.#first;
  }

  add(item: T): void {
    item.ahead = this.#last;
    if (this.#last) this.#last.behind = item;
    else this.#first = item;
    this.#last = item;
    this.#length++;
  }

  /** The item must stand in this line. */
  remove(item: T): void {
    const { ahead, behind } = item;
    if (ahead) ahead.behind = behind;
    else this.#first = behind;
    if (behind) behind.ahead = ahead;
    else this.#last = ahead;
    item.ahead = undefined;
    item.behind = undefined;
    this.#length--;
  }

  *[Symbol.iterator](): Generator<T> {
    for (let item = this.#first; item; item = item.behind) yield item;
  }
}
