import { Result } from "../results/result.js";
import type { Clock } from "../tasks/clock.js";
import { requireDuration, type TaskError, timedOut } from "../tasks/errors.js";
import { withTimeLimit } from "../tasks/with-timeout.js";
import { Call } from "./call.js";
import { Policy } from "./policy.js";
import type { PolicyWork } from "./policy-work.js";

/** What `Timeout` takes. */
export interface TimeoutPolicyOptions {
  /** How long a call may take, in milliseconds. */
  readonly timeoutMs: number;
  /** Where time comes from; by default the clock of each call. */
  readonly clock?: Clock | undefined;
}

/**
 * Answers `TIMED_OUT` when `timeoutMs` pass before the work has ended, and aborts its signal. Work that ignores its signal
 * is abandoned: its late answer is not awaited, its late rejection never unhandled. No timer is left behind.
 *
 * @throws TaskError `INVALID_OPTION`
 *
 * @example
 * ```ts
 * import { Result } from "@phasewise/runtime";
 * import { Timeout } from "@phasewise/runtime/resilience";
 *
 * const timeout = new Timeout({ timeoutMs: 2_000 });
 *
 * export const fetchRates = () =>
 *   timeout.execute(({ signal }) =>
 *     Result.attempt("UNREACHABLE", () => fetch("https://example.com/rates", { signal })),
 *   );
 * ```
 */
export class Timeout extends Policy<"TIMED_OUT"> {
  readonly #timeoutMs: number;
  readonly #clock: Clock | undefined;

  constructor({ timeoutMs, clock }: TimeoutPolicyOptions) {
    super();
    requireDuration("Timeout", "timeoutMs", timeoutMs);
    this.#timeoutMs = timeoutMs;
    this.#clock = clock;
  }

  protected override async run<T, C extends string>(
    work: PolicyWork<T, C>,
    call: Call,
  ): Promise<Result<T, C | "TIMED_OUT">> {
    let late: TaskError | undefined;
    const onTimeout = (elapsedMs: number) => (late = timedOut(elapsedMs));
    const options = { timeoutMs: this.#timeoutMs, clock: this.#clock, signal: call.findSignal(), onTimeout };
    try {
      return await withTimeLimit((scope) => work(new Call(scope, call.attempt)), options);
    } catch (error) {
      if (!late) throw error;
      return Result.error("TIMED_OUT", late.message, { cause: late });
    }
  }
}
