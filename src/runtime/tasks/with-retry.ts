import { isFailure } from "../results/is-failure.js";
import { notAFunction, requireCount, requireDuration } from "./errors.js";
import { isAbort } from "./is-cancellation.js";
import { sleep, type SleepOptions } from "./sleep.js";
import { traced } from "./tracing.js";
import { withAbort } from "./with-abort.js";

/** When to try again, and how long to wait before that. */
export interface RetrySchedule {
  /** How often the work is begun at most; 3 by default. */
  readonly maxAttempts?: number | undefined;
  /** The wait after the first failed attempt, in milliseconds; 100 by default. */
  readonly delayMs?: number | undefined;
  /** By what the wait grows after each further attempt; 2 by default. */
  readonly factor?: number | undefined;
  /** The longest wait, in milliseconds; 30,000 by default. */
  readonly maxDelayMs?: number | undefined;
  /**
   * `full`, the default, takes each wait at random between 0 and its length, so that many callers do not come back at the
   * same moment; `none` takes it as it is. A function takes the place of `Math.random`.
   */
  readonly jitter?: "full" | "none" | (() => number) | undefined;
  /**
   * Is it worth trying again after this? It is asked with what was thrown, or with the error of the Failure. By default
   * everything is, except that the work was aborted.
   */
  readonly isRetryable?: ((error: unknown) => boolean) | undefined;
  /**
   * The wait that the one who failed asks for, in milliseconds, as a server does with `Retry-After`; `undefined` leaves it
   * to the schedule. It is asked as `isRetryable` is. One above `maxDelayMs` is not begun: there is no further attempt.
   */
  readonly delayAfter?: ((error: unknown) => number | undefined) | undefined;
}

/** What `withRetry` takes beside the work. */
export interface RetryOptions extends RetrySchedule, SleepOptions {}

/** One attempt of `withRetry`. */
export interface Attempt {
  /** 1 for the first one. */
  readonly number: number;
  /** Aborts when the `signal` of the options does. */
  readonly signal: AbortSignal;
}

/**
 * Begins the work until an attempt succeeds; a rejection and a Failure are failed attempts. After the last attempt, or
 * one that is not worth repeating, the Failure is given, or the error thrown, as it is. An abort of the `signal` ends
 * an attempt and a wait at once.
 *
 * @throws TaskError `NOT_A_FUNCTION` for a promise in place of the work, `INVALID_OPTION`.
 *
 * @example
 * ```ts
 * import { withRetry } from "@phasewise/runtime";
 *
 * export const fetchRates = (signal: AbortSignal) =>
 *   withRetry((attempt) => fetch("https://example.com/rates", { signal: attempt.signal }), { maxAttempts: 5, signal });
 * ```
 */
export async function withRetry<T>(work: (attempt: Attempt) => PromiseLike<T>, options: RetryOptions = {}): Promise<T> {
  if (typeof work !== "function") throw notAFunction("withRetry", work);
  const { signal, clock } = options;
  requireCount("withRetry", "maxAttempts", options.maxAttempts ?? 1);
  requireDuration("withRetry", "delayMs", options.delayMs ?? 0);
  requireDuration("withRetry", "maxDelayMs", options.maxDelayMs ?? 0);

  for (let number = 1; ; number++) {
    let waitMs: number | undefined;
    signal?.throwIfAborted();
    try {
      const attempt = work(new CountedAttempt(number, signal));
      const outcome = await (signal ? withAbort(Promise.resolve(attempt), signal) : attempt);
      if (isFailure(outcome)) waitMs = findWait(number, outcome.error, options);
      if (waitMs === undefined) return outcome;
    } catch (error) {
      waitMs = findWait(number, error, options);
      if (waitMs === undefined) throw error;
    }
    await wait(number, waitMs, { signal, clock });
  }
}

const isNoAbort = (error: unknown) => !isAbort(error);

/** The wait after a failed attempt, in milliseconds, if there is to be another one. */
function findWait(number: number, error: unknown, schedule: RetrySchedule): number | undefined {
  const { maxAttempts = 3, delayMs = 100, factor = 2, maxDelayMs = 30_000, jitter = "full" } = schedule;
  const { isRetryable = isNoAbort, delayAfter } = schedule;
  if (number >= maxAttempts || !isRetryable(error)) return undefined;

  const askedMs = delayAfter?.(error);
  if (askedMs !== undefined) return askedMs <= maxDelayMs ? Math.max(0, askedMs) : undefined;
  const longestMs = Math.min(maxDelayMs, delayMs && delayMs * factor ** (number - 1));
  if (jitter === "none") return longestMs;
  return longestMs * (jitter === "full" ? Math.random() : jitter());
}

function wait(number: number, waitMs: number, options: SleepOptions): Promise<void> {
  return traced("phasewise.retry.wait", { "phasewise.retry.attempt": number }, () => sleep(waitMs, options));
}

/** The signal is made when the work asks for it, if the caller gave none. */
class CountedAttempt implements Attempt {
  readonly number: number;
  #signal: AbortSignal | undefined;

  constructor(number: number, signal: AbortSignal | undefined) {
    this.number = number;
    this.#signal = signal;
  }

  get signal(): AbortSignal {
    return (this.#signal ??= new AbortController().signal);
  }
}
