import { AsyncResource } from "node:async_hooks";
import { type Clock, runWithClock } from "../tasks/clock.js";
import { type CallSite, findPlace, recordStack } from "./call-site.js";
import { findCurrentModule } from "./module-zone.js";
import { settle } from "./settle.js";

/** A clock that stands still until a test moves it. */
export interface FakeClock extends Clock {
  /** How many timers have been scheduled and are neither due yet nor cancelled. */
  readonly pending: number;

  /** These timers, the next one first: when each is due, and where and for which module it was scheduled. */
  listPending(): PendingTimer[];

  /**
   * Lets this many milliseconds pass. Everything that was due in between has been called, in order of time, and what it
   * set off has been given the chance to go on, also to schedule more. Rejects with what a callback throws.
   */
  advance(durationMs: number): Promise<void>;

  /** Runs the work by this clock: every wait of the runtime in it, and in all that it begins, takes its time from here. */
  run<T>(work: () => T): T;
}

/** A timer that waits for its moment. */
export interface PendingTimer {
  readonly dueMs: number;
  /** Function, file and line; `undefined` when neither the application nor the test scheduled it. */
  readonly place: string | undefined;
  readonly moduleId: string | undefined;
}

interface Timer {
  readonly dueMs: number;
  readonly callback: () => void;
  readonly readStack: () => CallSite[];
  readonly moduleId: string | undefined;
}

/**
 * Makes a clock for `createApplication` or `testApplication` that drives every timeout without waiting. It begins at 0.
 *
 * @example
 * ```ts
 * import { fakeClock } from "@phasewise/runtime/testing";
 *
 * const clock = fakeClock();
 * clock.schedule(() => console.log("a minute later"), 60_000);
 * await clock.advance(60_000);
 * ```
 */
export function fakeClock(): FakeClock {
  return new StandingClock();
}

class StandingClock implements FakeClock {
  /** The next one is the last: by time, and at the same time in reverse order of scheduling. */
  readonly #timers: Timer[] = [];
  #nowMs = 0;

  get pending(): number {
    return this.#timers.length;
  }

  listPending(): PendingTimer[] {
    return this.#timers
      .map(({ dueMs, readStack, moduleId }) => ({ dueMs, place: findPlace(readStack()), moduleId }))
      .reverse();
  }

  now(): number {
    return this.#nowMs;
  }

  /** The callback runs in the async context of its scheduling, as that of a real timer does. */
  schedule(callback: () => void, delayMs: number): () => void {
    const timer = {
      dueMs: this.#nowMs + (delayMs > 0 ? delayMs : 0),
      callback: AsyncResource.bind(callback),
      readStack: recordStack(this.schedule),
      moduleId: findCurrentModule(),
    };
    this.#timers.splice(this.#findPlace(timer.dueMs), 0, timer);
    return () => {
      const index = this.#timers.indexOf(timer, this.#findPlace(timer.dueMs));
      if (index >= 0) this.#timers.splice(index, 1);
    };
  }

  async advance(durationMs: number): Promise<void> {
    const untilMs = this.#nowMs + durationMs;
    await settle();
    while (this.#timers.length > 0 && this.#timers.at(-1)!.dueMs <= untilMs) {
      const { dueMs, callback } = this.#timers.pop()!;
      this.#nowMs = Math.max(this.#nowMs, dueMs);
      callback();
      await settle();
    }
    this.#nowMs = Math.max(this.#nowMs, untilMs);
  }

  run<T>(work: () => T): T {
    return runWithClock(this, work);
  }

  /** Where a timer that is due then belongs: before all that are due at the same time or earlier. */
  #findPlace(dueMs: number): number {
    let low = 0;
    let high = this.#timers.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if (this.#timers[middle]!.dueMs > dueMs) low = middle + 1;
      else high = middle;
    }
    return low;
  }
}
