import type { Clock } from "../tasks/clock.js";
import { Line, type Standing } from "../tasks/line.js";
import { onAbort } from "../tasks/on-abort.js";

/** What a line is made with. */
export interface WaitingLineOptions {
  readonly clock: Clock;
  readonly timeoutMs: number;
  readonly onTimeout: (waitedMs: number) => Error;
}

/** Somebody who waits, or has waited, in a line. */
export class Waiter<V> implements Standing<Waiter<V>> {
  readonly promise: Promise<V>;
  readonly joinedMs: number;
  /** How many creations and validations go on for the sake of this one. */
  supplies = 0;
  resolve!: (value: V) => void;
  reject!: (reason: unknown) => void;
  stopListening: (() => void) | undefined;
  isWaiting = true;
  ahead: Waiter<V> | undefined;
  behind: Waiter<V> | undefined;

  constructor(joinedMs: number) {
    this.joinedMs = joinedMs;
    this.promise = new Promise((resolve, reject) => {
      this.resolve = resolve;
      this.reject = reject;
    });
  }
}

/**
 * Those who wait for a value, each until it is served in its turn, its signal aborts, or its time is over. All have the
 * same time, so one timer is enough: that of the first.
 */
export class WaitingLine<V> {
  readonly #options: WaitingLineOptions;
  readonly #line = new Line<Waiter<V>>();
  #cancelTimer: (() => void) | undefined;

  constructor(options: WaitingLineOptions) {
    this.#options = options;
  }

  get length(): number {
    return this.#line.length;
  }

  get first(): Waiter<V> | undefined {
    return this.#line.first;
  }

  join(signal: AbortSignal | undefined): Waiter<V> {
    const waiter = new Waiter<V>(this.#options.clock.now());
    this.#line.add(waiter);
    if (!this.#cancelTimer) this.#startTimer(waiter);
    if (signal) waiter.stopListening = onAbort(signal, (reason) => this.reject(waiter, reason));
    return waiter;
  }

  /** Gives the value to the first one. The answer is `false` when nobody waits. */
  serve(value: V): boolean {
    const { first } = this.#line;
    if (!first) return false;
    this.#remove(first);
    first.resolve(value);
    return true;
  }

  /** Sends this one away. The answer is `false` when it does not wait any more. */
  reject(waiter: Waiter<V>, reason: unknown): boolean {
    if (!waiter.isWaiting) return false;
    this.#remove(waiter);
    waiter.reject(reason);
    return true;
  }

  rejectAll(reason: unknown): void {
    for (let { first } = this.#line; first; { first } = this.#line) this.reject(first, reason);
  }

  /** The first one for whose sake nothing goes on. */
  findUnsupplied(): Waiter<V> | undefined {
    for (const waiter of this.#line) if (waiter.supplies === 0) return waiter;
    return undefined;
  }

  #remove(waiter: Waiter<V>): void {
    this.#line.remove(waiter);
    waiter.isWaiting = false;
    waiter.stopListening?.();
    if (this.#line.length > 0) return;
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #startTimer({ joinedMs }: Waiter<V>): void {
    const { clock, timeoutMs } = this.#options;
    this.#cancelTimer = clock.schedule(() => this.#rejectLate(), joinedMs + timeoutMs - clock.now());
  }

  #rejectLate(): void {
    const { clock, timeoutMs, onTimeout } = this.#options;
    const nowMs = clock.now();
    this.#cancelTimer = undefined;
    for (let { first } = this.#line; first && nowMs >= first.joinedMs + timeoutMs; { first } = this.#line) {
      this.reject(first, onTimeout(nowMs - first.joinedMs));
    }
    if (this.#line.first) this.#startTimer(this.#line.first);
  }
}
