import { type Clock, currentClock } from "./clock.js";
import { invalidOption, notAFunction } from "./errors.js";
import { requireFiniteCount, requireSpan } from "./runner-errors.js";
import { tracedWait } from "./traced-wait.js";
import { type AbortOptions, Turns } from "./turns.js";

/** What a `RateLimiter` takes. */
export interface RateLimiterOptions {
  /** How many may begin in any `intervalMs`. */
  readonly limit: number;
  /** The length of the window, in milliseconds. */
  readonly intervalMs: number;
  /** How many of them may begin at once, at most `limit`, which is the default; 1 spaces them evenly. */
  readonly burst?: number | undefined;
  /** Where time comes from; by default the clock of the application, or else that of the machine. */
  readonly clock?: Clock | undefined;
}

/**
 * A limit of rate by a sliding window: in any `intervalMs`, whenever that begins, at most `limit` begin, and in any
 * `intervalMs * burst / limit` at most `burst`. Nobody waits longer than that demands, and they begin in order.
 *
 * What has begun leaves the window exactly `intervalMs` later. A limiter keeps nothing that would have to be closed: there
 * is a timer only while somebody waits.
 *
 * @throws TaskError `INVALID_OPTION` for a limit or burst below 1, a burst above the limit, an interval of 0.
 *
 * @example
 * ```ts
 * import { RateLimiter } from "@phasewise/runtime/tasks";
 *
 * const limiter = new RateLimiter({ limit: 10, intervalMs: 1_000 });
 *
 * export const fetchPage = (url: string, signal: AbortSignal) => limiter.use(() => fetch(url, { signal }), { signal });
 * ```
 */
export class RateLimiter {
  readonly #limit: number;
  readonly #intervalMs: number;
  readonly #burst: number;
  readonly #burstMs: number;
  readonly #clock: Clock;
  readonly #turns = new Turns(() => this.#schedule());
  /** When the last `limit` of them began: the one with the number `n` at `n % limit`. */
  readonly #moments: number[] = [];
  #begun = 0;
  #cancelTimer: (() => void) | undefined;

  constructor({ limit, intervalMs, burst = limit, clock = currentClock() }: RateLimiterOptions) {
    requireFiniteCount("RateLimiter", "limit", limit);
    requireSpan("RateLimiter", "intervalMs", intervalMs);
    requireFiniteCount("RateLimiter", "burst", burst);
    if (burst > limit) throw invalidOption("RateLimiter", "burst", `at most limit, which is ${limit}`, burst);
    this.#limit = limit;
    this.#intervalMs = intervalMs;
    this.#burst = burst;
    this.#burstMs = (intervalMs * burst) / limit;
    this.#clock = clock;
  }

  /** How many wait for their moment. */
  get waiting(): number {
    return this.#turns.waiting;
  }

  /** Fulfils when the caller may begin. Who aborts before takes nothing of the limit; it rejects with the signal's reason. */
  async acquire({ signal }: AbortOptions = {}): Promise<void> {
    signal?.throwIfAborted();
    if (this.tryAcquire()) return;
    const waiting = this.#turns.wait(signal);
    this.#schedule();
    await tracedWait("phasewise.tasks.rate_limit", {}, waiting);
  }

  /** May the caller begin at this moment? Then it is counted. It overtakes nobody who waits. */
  tryAcquire(): boolean {
    return this.waiting === 0 && this.#count();
  }

  /**
   * Runs the work when it may begin, and settles like it. The signal ends the waiting, not the work.
   *
   * @throws TaskError `NOT_A_FUNCTION` for a promise in place of the work.
   */
  async use<T>(work: () => PromiseLike<T>, options: AbortOptions = {}): Promise<T> {
    if (typeof work !== "function") throw notAFunction("limiter.use", work);
    await this.acquire(options);
    return work();
  }

  /** Counts one that begins now, if it may. */
  #count(): boolean {
    const nowMs = this.#clock.now();
    if (nowMs < this.#nextMs()) return false;
    this.#moments[this.#begun % this.#limit] = nowMs;
    this.#begun++;
    return true;
  }

  /** From when on the next one may begin. */
  #nextMs(): number {
    return Math.max(this.#momentBack(this.#limit) + this.#intervalMs, this.#momentBack(this.#burst) + this.#burstMs);
  }

  /** When the one began that so many have followed, itself among them. */
  #momentBack(number: number): number {
    return this.#begun < number ? -Infinity : this.#moments[(this.#begun - number) % this.#limit]!;
  }

  /** Sees to it that there is a timer while somebody waits, and none otherwise. */
  #schedule(): void {
    if (this.waiting === 0) {
      this.#cancelTimer?.();
      this.#cancelTimer = undefined;
    } else {
      this.#cancelTimer ??= this.#clock.schedule(() => this.#letBegin(), this.#nextMs() - this.#clock.now());
    }
  }

  /** A timer may fire a little early: nobody begins before the clock says so. */
  #letBegin(): void {
    this.#cancelTimer = undefined;
    while (this.waiting > 0 && this.#count()) this.#turns.next();
    this.#schedule();
  }
}
