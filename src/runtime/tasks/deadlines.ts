import { AsyncResource } from "node:async_hooks";
import { type Clock, systemClock } from "./clock.js";

/** Timers of Node may be early by less than this. */
const earlyMs = 1;

interface Deadline {
  readonly dueMs: number;
  readonly callback: () => void;
}

/**
 * Deadlines of the same duration, which are due in the order in which they were set. They share one timer, as the first one to be
 * set is the first one to be due. It outlives them, without keeping the process alive: most are cancelled soon, and others set.
 */
class SharedTimer {
  readonly #durationMs: number;
  readonly #onUnused: () => void;
  readonly #deadlines = new Set<Deadline>();
  #timer: NodeJS.Timeout;

  constructor(durationMs: number, onUnused: () => void) {
    this.#durationMs = durationMs;
    this.#onUnused = onUnused;
    this.#timer = this.#arm(durationMs);
  }

  add(callback: () => void): () => void {
    const deadline = { dueMs: performance.now() + this.#durationMs, callback };
    if (this.#deadlines.add(deadline).size === 1) this.#timer.ref();
    return () => {
      if (this.#deadlines.delete(deadline) && this.#deadlines.size === 0) this.#timer.unref();
    };
  }

  #ring(): void {
    const nowMs = performance.now();
    for (const deadline of this.#deadlines) {
      const restMs = deadline.dueMs - nowMs;
      if (restMs >= earlyMs) return void (this.#timer = this.#arm(restMs));
      this.#deadlines.delete(deadline);
      // One that throws must not keep the others from being called.
      queueMicrotask(deadline.callback);
    }
    this.#onUnused();
  }

  /** The timer belongs to nobody: without this it would keep the context of whoever set the first deadline. */
  #arm(delayMs: number): NodeJS.Timeout {
    return nobody.runInAsyncScope(setTimeout, undefined, () => this.#ring(), delayMs) as NodeJS.Timeout;
  }
}

const nobody = new AsyncResource("phasewise.deadlines");

/** By the function that sets timers, as a test may put another one in its place for a while, and by duration. */
const timers = new WeakMap<typeof setTimeout, Map<number, SharedTimer>>();

/**
 * `clock.schedule` for limits that seldom run out. For the clock of the machine they share timers: setting one of Node and clearing
 * it costs more than the rest of a call. The callback has no context, as it would have when an abort caused it.
 */
export function setDeadline(clock: Clock, callback: () => void, durationMs: number): () => void {
  return clock === systemClock ? findTimer(durationMs).add(callback) : clock.schedule(callback, durationMs);
}

function findTimer(durationMs: number): SharedTimer {
  let known = timers.get(setTimeout);
  if (!known) timers.set(setTimeout, (known = new Map<number, SharedTimer>()));
  const timer = known.get(durationMs) ?? new SharedTimer(durationMs, () => known.delete(durationMs));
  known.set(durationMs, timer);
  return timer;
}
