/** Counts failures: those in a row, or with a window those of the last `windowMs` milliseconds. */
export class FailureCount {
  readonly #windowMs: number | undefined;
  #inRow = 0;
  #moments: number[] = [];

  constructor(windowMs: number | undefined) {
    this.#windowMs = windowMs;
  }

  /** Counts one that happened at this moment, and tells how many there are. */
  add(nowMs: number): number {
    if (this.#windowMs === undefined) return ++this.#inRow;
    const begunMs = nowMs - this.#windowMs;
    this.#moments.push(nowMs);
    while (this.#moments[0]! < begunMs) this.#moments.shift();
    return this.#moments.length;
  }

  /** A success ends the row. */
  endRow(): void {
    this.#inRow = 0;
  }

  clear(): void {
    this.#inRow = 0;
    this.#moments = [];
  }
}
