import { Turns } from "./turns.js";

/** Lets those in who wait for room, one for each place that is free. */
export class Room {
  readonly #turns = new Turns();
  readonly #findFree: () => number;
  #entering = 0;

  /** `findFree` tells how many places are free at this moment. */
  constructor(findFree: () => number) {
    this.#findFree = findFree;
  }

  /** Fulfils when there is a place for the caller, who may take it at once or leave it. */
  wait(signal?: AbortSignal): Promise<void> {
    const waiting = this.#turns.wait(signal);
    this.admit();
    return waiting;
  }

  /** To be called when places have become free. */
  admit(): void {
    while (this.#turns.waiting > 0 && this.#findFree() > this.#entering) void this.#letIn();
  }

  /** Whoever awaits the turn has taken the place, or left it, after two rounds of the microtasks: only then it is counted anew. */
  async #letIn(): Promise<void> {
    this.#entering++;
    this.#turns.next();
    for (let round = 0; round < 2; round++) await Promise.resolve();
    this.#entering--;
    this.admit();
  }
}
