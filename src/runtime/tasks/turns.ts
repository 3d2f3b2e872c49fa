import { AbortListeners } from "./abort-listeners.js";
import type { AbortSource } from "./on-abort.js";
import { Line, type Standing } from "./line.js";

/** What everything takes that waits for something else than time. */
export interface AbortOptions {
  /** Ends the waiting: the promise rejects at once with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

interface Waiter extends Standing<Waiter> {
  readonly begin: () => void;
}

/** Those who wait for their turn: who came first is the next, and who aborts leaves at once. */
export class Turns {
  readonly #line = new Line<Waiter>();
  readonly #aborts = new AbortListeners();
  readonly #onLeave: () => void;

  /** `onLeave` is called after somebody has left without a turn. */
  constructor(onLeave: () => void = () => {}) {
    this.#onLeave = onLeave;
  }

  get waiting(): number {
    return this.#line.length;
  }

  /** Fulfils when it is the caller's turn. */
  wait(source?: AbortSource): Promise<void> {
    return new Promise((resolve, reject) => {
      const begin = () => {
        this.#line.remove(waiter);
        stopListening?.();
        resolve();
      };
      const waiter: Waiter = { begin, ahead: undefined, behind: undefined };
      this.#line.add(waiter);
      const leave = (reason: unknown) => {
        this.#line.remove(waiter);
        reject(reason);
        this.#onLeave();
      };
      const stopListening = source && this.#leaveBy(source, leave);
    });
  }

  #leaveBy(source: AbortSource, leave: (reason: unknown) => void): () => void {
    return "onEnd" in source ? source.onEnd(leave) : this.#aborts.add(source, leave);
  }

  /** Gives the turn to who has waited longest. Is there anybody? */
  next(): boolean {
    const waiter = this.#line.first;
    waiter?.begin();
    return waiter !== undefined;
  }
}
