/**
 * Somebody else in the same process, such as a request that is being served: wants its turn every millisecond while the
 * work runs, and notes how long it had to wait for one.
 */
export class Bystander {
  turns = 0;
  longestWaitMs = 0;
  #lastMs = performance.now();
  #timer = setInterval(() => this.#takeTurn(), 1);

  /** Ends it after a last turn. */
  async leave() {
    await new Promise((resolve) => setTimeout(resolve, 2));
    clearInterval(this.#timer);
    this.#takeTurn();
  }

  #takeTurn() {
    const nowMs = performance.now();
    this.turns++;
    this.longestWaitMs = Math.max(this.longestWaitMs, nowMs - this.#lastMs);
    this.#lastMs = nowMs;
  }
}
