import { currentClock } from "./clock.js";
import { notAFunction, requireDuration, timedOut } from "./errors.js";
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
 * it is not awaited, and its late rejection is never unhandled. No timer is left behind.
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
  const { timeoutMs, signal, within, clock = currentClock(), onTimeout = timedOut } = options;
  return new Promise((resolve, reject) => {
    requireDuration("withTimeout", "timeoutMs", timeoutMs);
    signal?.throwIfAborted();
    within?.throwIfEnded();
    const scope = new Scope();
    const begunMs = clock.now();
    const interrupt = (reason: unknown) => {
      release();
      reject(reason);
      scope.end(reason);
    };
    const cancelTimer = clock.schedule(() => interrupt(onTimeout(clock.now() - begunMs)), timeoutMs);
    const stopListening = onAbort(signal, interrupt);
    const leave = onAbort(within, interrupt);
    const release = () => {
      cancelTimer();
      stopListening();
      leave();
    };
    const fulfil = (value: T) => {
      release();
      resolve(value);
    };
    const fail = (error: unknown) => {
      release();
      reject(error);
    };
    try {
      void Promise.resolve(work(scope)).then(fulfil, fail);
    } catch (error) {
      fail(error);
    }
  });
}
