import type { Scope, ScopePart } from "./scope.js";

interface Waiting {
  readonly enter: () => void;
  readonly reject: (reason: unknown) => void;
  next?: Waiting;
}

/**
 * A number of places, each taken by one task at a time. Who has waited longest comes first; nobody waits after the end of
 * the scope.
 */
export class Slots implements ScopePart {
  #free: number;
  #first: Waiting | undefined;
  #last: Waiting | undefined;

  constructor(size: number, scope: Scope) {
    this.#free = size;
    scope.add(this);
  }

  /** Takes a place: at once, or when the promise that it gives fulfils. */
  enter(): Promise<void> | undefined {
    if (this.#free > 0) {
      this.#free--;
      return undefined;
    }
    return new Promise((enter, reject) => {
      const waiting = { enter, reject };
      if (this.#first) this.#last!.next = waiting;
      else this.#first = waiting;
      this.#last = waiting;
    });
  }

  /** Gives the place to the next one. */
  leave(): void {
    const next = this.#first;
    this.#first = next?.next;
    if (next) next.enter();
    else this.#free++;
  }

  end(reason: unknown): void {
    for (let waiting = this.#first; waiting; waiting = waiting.next) waiting.reject(reason);
    this.#first = undefined;
  }
}
