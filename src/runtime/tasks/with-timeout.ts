import { currentClock } from "./clock.js";
import { notAFunction, requireDuration, timedOut } from "./errors.js";
import { setDeadline } from "./deadlines.js";
import { type Endable, onAbort } from "./on-abort.js";
import { Scope } from "./scope.js";
import type { SleepOptions } from "./sleep.js";

/** What `withTimeout` takes beside the work. */
export interface TimeoutOptions extends SleepOptions {
  /** How long the work may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Makes the error for work that is late; by default a `TaskError` with the code `TIMED_OUT`. */
  readonly onTimeout?: ((elapsedMs: number) => Error) | undefined;
}

/**
 * Settles like the work, or rejects when `timeoutMs` pass first; the signal given to the work aborts then. It also
 * rejects, at once, when the `signal` of the options aborts. Work that ignores its signal is abandoned: what becomes of
 * it is not awaited, and its late rejection is never unhandled. Nothing is left behind
 * that keeps the process alive.
 *
 * @throws TaskError `TIMED_OUT`, `NOT_A_FUNCTION` or `INVALID_OPTION`.
 *
 * @example
 * ```ts
 * import { withTimeout } from "@phasewise/runtime";
 *
 * export const fetchRates = () =>
 *   withTimeout((signal) => fetch("https://example.com/rates", { signal }), { timeoutMs: 2_000 });
 * ```
 */
export function withTimeout<T>(work: (signal: AbortSignal) => PromiseLike<T>, options: TimeoutOptions): Promise<T> {
  if (typeof work !== "function") return Promise.reject(notAFunction("withTimeout", work));
  return withTimeLimit((scope) => work(scope.signal), options);
}

/** What `withTimeLimit` takes beside the work. */
export interface TimeLimitOptions extends TimeoutOptions {
  /** What the work is a part of: it is given up with that. */
  readonly within?: Endable | undefined;
}

/** `withTimeout` for work that seldom needs its signal: making one costs more than everything else here. */
export function withTimeLimit<T>(work: (scope: Scope) => PromiseLike<T>, options: TimeLimitOptions): Promise<T> {
  return new Promise((resolve, reject) => limitTime(work, options, resolve, reject));
}

/** `withTimeLimit` for one who makes a promise anyway: it calls one of the two functions back, once. */
export function limitTime<T>(
  work: (scope: Scope) => PromiseLike<T>,
  { timeoutMs, signal, within, clock = currentClock(), onTimeout = timedOut }: TimeLimitOptions,
  onFulfilled: (value: T) => void,
  onRejected: (error: unknown) => void,
): void {
  try {
    requireDuration("withTimeout", "timeoutMs", timeoutMs);
    signal?.throwIfAborted();
    within?.throwIfAborted();
  } catch (error) {
    return onRejected(error);
  }
  const scope = new Scope();
  const begunMs = clock.now();
  let isOver = false;
  const end = <V>(tell: (value: V) => void, value: V) => {
    if (isOver) return;
    isOver = true;
    cancelTimer();
    stopListening();
    leave();
    tell(value);
  };
  const interrupt = (reason: unknown) => {
    end(onRejected, reason);
    scope.end(reason);
  };
  const fail = (error: unknown) => end(onRejected, error);
  const cancelTimer = setDeadline(clock, () => interrupt(onTimeout(clock.now() - begunMs)), timeoutMs);
  const stopListening = onAbort(signal, interrupt);
  const leave = onAbort(within, interrupt);
  try {
    void Promise.resolve(work(scope)).then((value) => end(onFulfilled, value), fail);
  } catch (error) {
    fail(error);
  }
}
