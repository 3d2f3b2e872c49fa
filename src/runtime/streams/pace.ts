import { setImmediate } from "node:timers/promises";
import { systemClock } from "../tasks/clock.js";

/** How long a stream may hold the event loop. */
const longestMs = 5;

/** The clock is asked after so many items at most: that is cheap, and late by few items when they become slow. */
const longestStride = 128;

/**
 * Says when a stream that never waits shall let the event loop turn. It goes by the clock of the machine even in tests:
 * a clock that stands still would let an endless source hold the process for ever.
 */
export class Pace {
  #sinceMs = systemClock.now();
  #stride = 1;
  #left = 1;

  /** Asked once an item. */
  isTurnDue(): boolean {
    return --this.#left <= 0 && this.#hasHeldLoop();
  }

  /** Gives the event loop a turn. */
  turn(): Promise<void> {
    return setImmediate();
  }

  #hasHeldLoop(): boolean {
    const nowMs = systemClock.now();
    const isDue = nowMs - this.#sinceMs >= longestMs;
    if (isDue) this.#sinceMs = nowMs;
    this.#stride = isDue ? 1 : Math.min(this.#stride * 2, longestStride);
    this.#left = this.#stride;
    return isDue;
  }
}
