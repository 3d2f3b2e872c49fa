import { AsyncLocalStorage } from "node:async_hooks";

/**
 * Where the runtime takes time from: every duration is measured with it and every waiting is timed by it.
 * `fakeClock()` of `@phasewise/runtime/testing` is one that a test moves by hand.
 */
export interface Clock {
  /** Milliseconds since some fixed moment; never runs backwards. */
  now(): number;

  /** Calls `callback` once, `delayMs` milliseconds from now. The function it gives back cancels that. */
  schedule(callback: () => void, delayMs: number): () => void;
}

/** The clock of the machine. */
export const systemClock: Clock = {
  now: () => performance.now(),
  schedule(callback, delayMs) {
    const timer = setTimeout(callback, delayMs);
    return () => clearTimeout(timer);
  },
};

const clocks = new AsyncLocalStorage<Clock>();

/**
 * The clock of the work that is running: that of its application, or else that of the machine.
 *
 * @example
 * ```ts
 * import { currentClock } from "@phasewise/runtime";
 *
 * export const isDue = (dueMs: number) => currentClock().now() >= dueMs;
 * ```
 */
export function currentClock(): Clock {
  return clocks.getStore() ?? systemClock;
}

/** Runs the work, and everything that it begins, by this clock. */
export function runWithClock<T>(clock: Clock, work: () => T): T {
  return clocks.run(clock, work);
}
