import { PhasewiseError } from "../results/coded-error.js";
import { Result } from "../results/result.js";
import { currentClock } from "../tasks/clock.js";
import { TaskError } from "../tasks/errors.js";
import { traced } from "../tasks/tracing.js";
import { withTimeLimit } from "../tasks/with-timeout.js";
import { CallMetrics } from "./call-metrics.js";
import type { CallOptions, Health, PlatformFailureCode } from "./platform-service.js";

/** What the calls of an adapter have in common. */
export interface PlatformCallsOptions<C extends string> {
  /** What is called, such as `database`: spans, metrics and messages name it. */
  readonly service: string;
  /** How long a call may take that does not say so itself, in milliseconds. */
  readonly timeoutMs: number;
  /** The code for what a client library throws; an abort and a timeout are known without it. */
  readonly codeOf: (error: unknown) => C | PlatformFailureCode;
}

/** What the work of a call is given. */
export interface CallScope {
  /** Aborts when the call is given up or out of time. Made at its first use. */
  readonly signal: AbortSignal;
}

/**
 * Makes the calls of a platform adapter: each is bounded in time, ends when its signal aborts, becomes an OpenTelemetry span
 * `phasewise.<service>.<operation>` and a measurement of `phasewise.platform.call.duration`, and settles with a Result.
 *
 * @example
 * ```ts
 * import { Result } from "@phasewise/runtime";
 * import { type CallOptions, PlatformCalls } from "@phasewise/runtime/platform";
 *
 * const calls = new PlatformCalls({ service: "weather", timeoutMs: 2_000, codeOf: () => "UNAVAILABLE" });
 *
 * export const findTemperature = (city: string, options?: CallOptions) =>
 *   calls.run("find-temperature", options, async ({ signal }) => {
 *     const response = await fetch(`https://weather.example.com/${encodeURIComponent(city)}`, { signal });
 *     return response.ok ? Result.success(Number(await response.text())) : Result.error("UNKNOWN_CITY", city);
 *   });
 * ```
 */
export class PlatformCalls<C extends string = never> {
  readonly #options: PlatformCallsOptions<C>;
  readonly #metrics = new CallMetrics();
  readonly #running = new Set<Promise<unknown>>();

  constructor(options: PlatformCallsOptions<C>) {
    this.#options = options;
  }

  /**
   * Runs the work of one call. What it throws becomes a Failure with the code that `codeOf` gives it.
   *
   * @throws TaskError `INVALID_OPTION`; a `PhasewiseError` that the work throws is passed on.
   */
  run<T, D extends string = never>(
    operation: string,
    options: CallOptions = {},
    work: (scope: CallScope) => Promise<Result<T, D>>,
  ): Promise<Result<T, C | D | PlatformFailureCode>> {
    const { service } = this.#options;
    const running = traced(`phasewise.${service}.${operation}`, { "phasewise.service": service }, () =>
      this.#measured(operation, () => this.#bounded(operation, options, work)),
    );
    this.#running.add(running);
    const forget = () => void this.#running.delete(running);
    running.then(forget, forget);
    return running;
  }

  /** Asks for a sign of life: `ping` gives details, or throws. A code of the service's own becomes `UNAVAILABLE`. */
  async health(
    options: CallOptions | undefined,
    ping: (scope: CallScope) => Promise<Health["details"]>,
  ): Promise<Result<Health, PlatformFailureCode>> {
    const begunMs = currentClock().now();
    const health = await this.run("health", options, async (scope) => {
      const details = await ping(scope);
      return Result.success({ latencyMs: currentClock().now() - begunMs, details });
    });
    if (health.success) return health;
    const { code, message, cause } = health.error;
    return Result.error(isPlatformCode(code) ? code : "UNAVAILABLE", message, { cause });
  }

  /** Waits until the calls that run now have ended; each is bounded. For `onDispose`, before the connection is closed. */
  async drain(): Promise<void> {
    await Promise.allSettled(this.#running);
  }

  async #bounded<T, D extends string>(
    operation: string,
    { signal, timeoutMs = this.#options.timeoutMs }: CallOptions,
    work: (scope: CallScope) => Promise<Result<T, D>>,
  ): Promise<Result<T, C | D | PlatformFailureCode>> {
    try {
      return await withTimeLimit(work, { signal, timeoutMs });
    } catch (error) {
      return this.#failure(operation, error, signal);
    }
  }

  #failure(operation: string, error: unknown, signal: AbortSignal | undefined) {
    const call = `${this.#options.service}.${operation}`;
    if (signal?.aborted && error === signal.reason)
      return Result.error("ABORTED", `${call} was given up`, { cause: error });
    if (error instanceof TaskError && error.code === "TIMED_OUT") {
      return Result.error("TIMED_OUT", `${call}: ${error.message}`, { cause: error });
    }
    if (error instanceof PhasewiseError) throw error;
    return Result.error(this.#options.codeOf(error), `${call}: ${messageOf(error)}`, { cause: error });
  }

  async #measured<R extends Result<unknown>>(operation: string, work: () => Promise<R>): Promise<R> {
    const clock = currentClock();
    const begunMs = clock.now();
    const outcome = await work();
    const code = outcome.success ? undefined : outcome.error.code;
    this.#metrics.record({ service: this.#options.service, operation, durationMs: clock.now() - begunMs, code });
    return outcome;
  }
}

const platformCodes: readonly string[] = [
  "NOT_INITIALIZED",
  "UNAVAILABLE",
  "TIMED_OUT",
  "ABORTED",
] satisfies readonly PlatformFailureCode[];

function isPlatformCode(code: string): code is PlatformFailureCode {
  return platformCodes.includes(code);
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
