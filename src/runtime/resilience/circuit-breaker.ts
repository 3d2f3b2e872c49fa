import { isFailure } from "../results/is-failure.js";
import type { Failure } from "../results/outcome.js";
import type { Result } from "../results/result.js";
import { type Clock, currentClock } from "../tasks/clock.js";
import { requireCount, requireDuration } from "../tasks/errors.js";
import type { Call } from "./call.js";
import { CircuitListeners } from "./circuit-listeners.js";
import type { CircuitState, CircuitTransition } from "./circuit-state.js";
import { circuitOpen, requirePeriod } from "./errors.js";
import { FailureCount } from "./failure-count.js";
import { type FailureFilter, failureTest, isAnswerTo, isGivenUp } from "./failure-filter.js";
import { Policy } from "./policy.js";
import type { PolicyWork } from "./policy-work.js";

/** What `CircuitBreaker` takes. */
export interface CircuitBreakerOptions {
  /** How many failures open the circuit: so many in a row, or within `windowMs`; 5 by default. */
  readonly failureThreshold?: number | undefined;
  /** Counts the failures of the last so many milliseconds, whatever succeeds meanwhile, and not those in a row. */
  readonly windowMs?: number | undefined;
  /** How long an open circuit refuses all calls, in milliseconds; 30,000 by default. */
  readonly recoveryTimeoutMs?: number | undefined;
  /** How many probes must succeed to close the circuit; 1 by default. So many run at the same time at most. */
  readonly successThreshold?: number | undefined;
  /** What counts as a failure; everything by default, except that the work was given up. */
  readonly failOn?: FailureFilter | undefined;
  /** Where time comes from; by default the clock of the application, or else that of the machine. */
  readonly clock?: Clock | undefined;
}

/**
 * Stops calling what keeps failing: after `failureThreshold` failures all calls are answered `CIRCUIT_OPEN`, with
 * `details.retryAfterMs`. After `recoveryTimeoutMs` the next calls are probes: `successThreshold` successes close the
 * circuit, one failure opens it again.
 *
 * An answer counts only in the state in which its call began. A call that its caller aborts counts as nothing.
 *
 * @throws TaskError `INVALID_OPTION`
 *
 * @example
 * ```ts
 * import { Result } from "@phasewise/runtime";
 * import { CircuitBreaker } from "@phasewise/runtime/resilience";
 *
 * const breaker = new CircuitBreaker({ failureThreshold: 3, recoveryTimeoutMs: 10_000 });
 * breaker.onStateChange(({ to }) => console.log(`the circuit is ${to.status}`));
 *
 * export const fetchRates = () =>
 *   breaker.execute(({ signal }) =>
 *     Result.attempt("UNREACHABLE", () => fetch("https://example.com/rates", { signal })),
 *   );
 * ```
 */
export class CircuitBreaker extends Policy<"CIRCUIT_OPEN"> {
  readonly #failureThreshold: number;
  readonly #recoveryTimeoutMs: number;
  readonly #successThreshold: number;
  readonly #isFailed: (error: unknown) => boolean;
  readonly #clock: Clock;
  readonly #failures: FailureCount;
  readonly #listeners = new CircuitListeners();
  #state: CircuitState;
  /** Changes with the state. What a call of an earlier period answers does not count. */
  #period = 0;
  #probes = 0;
  #successes = 0;
  /** When an open circuit, or one whose probes have not answered, is tried again. */
  #retryAtMs = 0;

  constructor(options: CircuitBreakerOptions = {}) {
    super();
    const { failureThreshold = 5, recoveryTimeoutMs = 30_000, successThreshold = 1 } = options;
    requireCount("CircuitBreaker", "failureThreshold", failureThreshold);
    requireCount("CircuitBreaker", "successThreshold", successThreshold);
    requirePeriod("CircuitBreaker", "recoveryTimeoutMs", recoveryTimeoutMs);
    if (options.windowMs !== undefined) requirePeriod("CircuitBreaker", "windowMs", options.windowMs);
    this.#failureThreshold = failureThreshold;
    this.#recoveryTimeoutMs = recoveryTimeoutMs;
    this.#successThreshold = successThreshold;
    this.#isFailed = failureTest("CircuitBreaker", "failOn", options.failOn);
    this.#clock = options.clock ?? currentClock();
    this.#failures = new FailureCount(options.windowMs);
    this.#state = { status: "closed", sinceMs: this.#clock.now() };
  }

  /** Where the circuit is. An open one stays so until a call comes that may be a probe: nothing runs by itself. */
  get state(): CircuitState {
    return this.#state;
  }

  /**
   * Calls the listener, at once, at every step from one state to the next, until the function it gives back is called. What
   * the listener throws becomes a warning of the process.
   */
  onStateChange(listener: (transition: CircuitTransition) => unknown): () => void {
    return this.#listeners.add(listener);
  }

  protected override async run<T, C extends string>(
    work: PolicyWork<T, C>,
    call: Call,
  ): Promise<Result<T, C | "CIRCUIT_OPEN">> {
    if (this.#state.status !== "closed" && !this.#admitProbe()) return this.#refuse();
    const period = this.#period;
    let failure: { readonly error: unknown } | undefined;
    try {
      const outcome = await call.begin(work);
      if (isFailure(outcome)) failure = outcome;
      return outcome;
    } catch (error) {
      failure = { error };
      throw error;
    } finally {
      if (period === this.#period) this.#count(failure, call);
    }
  }

  /** Takes a place for a probe, if there is one. Probes that have not answered for so long have lost theirs. */
  #admitProbe(): boolean {
    const nowMs = this.#clock.now();
    if (nowMs >= this.#retryAtMs) {
      if (this.#state.status === "open") this.#moveTo({ status: "half-open", sinceMs: nowMs });
      else this.#beginPeriod(this.#successes);
    }
    if (this.#state.status === "open" || this.#probes + this.#successes >= this.#successThreshold) return false;
    this.#probes++;
    this.#retryAtMs = nowMs + this.#recoveryTimeoutMs;
    return true;
  }

  #refuse(): Failure<"CIRCUIT_OPEN"> {
    return circuitOpen(this.#state, Math.max(0, this.#retryAtMs - this.#clock.now()));
  }

  #count(failure: { readonly error: unknown } | undefined, call: Call): void {
    if (this.#state.status === "half-open") this.#probes--;
    if (!failure) this.#succeed();
    else if (isAnswerTo(call.findSignal(), failure.error)) return;
    else if (this.#isFailed(failure.error)) this.#fail(failure.error);
    else if (!isGivenUp(failure.error)) this.#succeed();
  }

  #succeed(): void {
    if (this.#state.status === "closed") this.#failures.endRow();
    else if (++this.#successes >= this.#successThreshold) {
      this.#moveTo({ status: "closed", sinceMs: this.#clock.now() });
    }
  }

  #fail(cause: unknown): void {
    const nowMs = this.#clock.now();
    if (this.#state.status === "closed" && this.#failures.add(nowMs) < this.#failureThreshold) return;
    this.#retryAtMs = nowMs + this.#recoveryTimeoutMs;
    this.#moveTo({ status: "open", sinceMs: nowMs, retryAtMs: this.#retryAtMs, cause });
  }

  #moveTo(to: CircuitState): void {
    const from = this.#state;
    this.#state = to;
    this.#failures.clear();
    this.#beginPeriod(0);
    this.#listeners.tell({ from, to });
  }

  #beginPeriod(successes: number): void {
    this.#period++;
    this.#probes = 0;
    this.#successes = successes;
  }
}
