import type { Result } from "../results/result.js";
import type { Clock } from "../tasks/clock.js";
import { invalidOption, requireDuration } from "../tasks/errors.js";
import { type RetrySchedule, withRetry } from "../tasks/with-retry.js";
import type { Call } from "./call.js";
import { requireWhole } from "./errors.js";
import { type FailureFilter, failureTest } from "./failure-filter.js";
import { Policy } from "./policy.js";
import type { PolicyWork } from "./policy-work.js";

/** What `RetryPolicy` takes. */
export interface RetryPolicyOptions extends Pick<RetrySchedule, "delayMs" | "maxDelayMs" | "jitter" | "delayAfter"> {
  /** How often the work is begun again at most; 2 by default. */
  readonly maxRetries?: number | undefined;
  /** By what the wait grows after each further attempt, 1 or more; 2 by default. */
  readonly backoffFactor?: number | undefined;
  /** What is worth another attempt; everything by default, except that the work was given up. */
  readonly retryOn?: FailureFilter | undefined;
  /** Where time comes from; by default the clock of each call. */
  readonly clock?: Clock | undefined;
}

/**
 * Begins the work again when it failed, after a wait that grows and is taken at random, so that many callers do not come
 * back at the same moment. After the last attempt, or one that is not worth repeating, the Failure is given, or the error
 * thrown, as it is. An abort ends an attempt and a wait at once.
 *
 * @throws TaskError `INVALID_OPTION`
 *
 * @example
 * ```ts
 * import { Result } from "@phasewise/runtime";
 * import { RetryPolicy } from "@phasewise/runtime/resilience";
 *
 * const retry = new RetryPolicy({ maxRetries: 4, delayMs: 50, retryOn: ["UNREACHABLE"] });
 *
 * export const fetchRates = () =>
 *   retry.execute(({ signal }) =>
 *     Result.attempt("UNREACHABLE", () => fetch("https://example.com/rates", { signal })),
 *   );
 * ```
 */
export class RetryPolicy extends Policy {
  readonly #schedule: RetrySchedule & { readonly clock: Clock | undefined };

  constructor({ maxRetries = 2, backoffFactor = 2, retryOn, ...schedule }: RetryPolicyOptions = {}) {
    super();
    requireWhole("RetryPolicy", "maxRetries", maxRetries);
    requireDuration("RetryPolicy", "delayMs", schedule.delayMs ?? 0);
    requireDuration("RetryPolicy", "maxDelayMs", schedule.maxDelayMs ?? 0);
    if (!(backoffFactor >= 1)) throw invalidOption("RetryPolicy", "backoffFactor", "1 or more", backoffFactor);
    const isRetryable = failureTest("RetryPolicy", "retryOn", retryOn);
    this.#schedule = { clock: undefined, ...schedule, maxAttempts: maxRetries + 1, factor: backoffFactor, isRetryable };
  }

  protected override run<T, C extends string>(work: PolicyWork<T, C>, call: Call): Promise<Result<T, C>> {
    const signal = call.findSignal();
    const options = signal ? { ...this.#schedule, signal } : this.#schedule;
    return withRetry(({ number }) => work(call.repeat(number)), options);
  }
}
