import { PhasewiseError } from "../results/coded-error.js";
import type { Failure } from "../results/outcome.js";
import { Result } from "../results/result.js";
import { currentClock } from "../tasks/clock.js";
import { TaskError } from "../tasks/errors.js";
import { type RunningSpan, type SpanAttributes, withSpan } from "../tasks/tracing.js";
import { limitTime } from "../tasks/with-timeout.js";
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

/** The time during which the work of a call may run. It ends when the call is given up or out of time. */
export interface CallScope {
  /** Aborts when it ends. Made at its first use, which costs more than everything else here. */
  readonly signal: AbortSignal;
  readonly hasEnded: boolean;
  /** Why it has ended, if it has. */
  readonly reason: unknown;
  /** Throws the reason if it has ended. */
  throwIfAborted(): void;
  /** Calls back once when it ends, or at once if it has. The function it gives back stops that. */
  onEnd(callback: (reason: unknown) => void): () => void;
}

/** What `PlatformCalls.run` takes of a call. */
export interface BoundCallOptions extends CallOptions {
  /** The call that this one is a part of: it is given up with that. */
  readonly within?: CallScope | undefined;
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
  readonly #attributes: SpanAttributes;
  readonly #metrics = new CallMetrics();
  #running = 0;
  /** Who waits until no call runs. */
  readonly #onIdle: (() => void)[] = [];

  constructor(options: PlatformCallsOptions<C>) {
    this.#options = options;
    this.#attributes = { "phasewise.service": options.service };
  }

  /**
   * Runs the work of one call. What it throws becomes a Failure with the code that `codeOf` gives it.
   *
   * @throws TaskError `INVALID_OPTION`; a `PhasewiseError` that the work throws is passed on.
   */
  run<T, D extends string = never>(
    operation: string,
    options: BoundCallOptions = {},
    work: (scope: CallScope) => Promise<Result<T, D>>,
  ): Promise<Result<T, C | D | PlatformFailureCode>> {
    this.#running++;
    return withSpan(`phasewise.${this.#options.service}.${operation}`, this.#attributes, (span) =>
      this.#bounded(operation, options, work, span),
    );
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

  /** Waits until no call runs; each is bounded. For `onDispose`, before the connection is closed. */
  async drain(): Promise<void> {
    if (this.#running > 0) await new Promise<void>((resolve) => void this.#onIdle.push(resolve));
  }

  /** By callbacks: every call of every adapter comes through here, where each promise more is a cost that shows. */
  #bounded<T, D extends string>(
    operation: string,
    { signal, within, timeoutMs = this.#options.timeoutMs }: BoundCallOptions,
    work: (scope: CallScope) => Promise<Result<T, D>>,
    span: RunningSpan,
  ): Promise<Result<T, C | D | PlatformFailureCode>> {
    const clock = currentClock();
    const begunMs = clock.now();
    return new Promise((resolve, reject) => {
      const settle = (outcome: Result<T, C | D | PlatformFailureCode>) => {
        this.#leave();
        const code = outcome.success ? undefined : outcome.error.code;
        this.#metrics.record({ service: this.#options.service, operation, durationMs: clock.now() - begunMs, code });
        span.end();
        resolve(outcome);
      };
      const fail = (error: unknown) => {
        const failure = this.#failureOf(operation, error, isReasonOf(error, signal, within));
        if (failure) return settle(failure);
        this.#leave();
        span.fail(error);
        reject(error);
      };
      limitTime(work, { signal, within, timeoutMs, clock }, settle, fail);
    });
  }

  #leave(): void {
    if (--this.#running > 0) return;
    for (const resolve of this.#onIdle.splice(0)) resolve();
  }

  /** Nothing for a defect, which is passed on. */
  #failureOf(operation: string, error: unknown, wasGivenUp: boolean): Failure<C | PlatformFailureCode> | undefined {
    const call = `${this.#options.service}.${operation}`;
    if (wasGivenUp) return Result.error("ABORTED", `${call} was given up`, { cause: error });
    if (error instanceof TaskError && error.code === "TIMED_OUT") {
      return Result.error("TIMED_OUT", `${call}: ${error.message}`, { cause: error });
    }
    if (error instanceof PhasewiseError) return undefined;
    return Result.error(this.#options.codeOf(error), `${call}: ${messageOf(error)}`, { cause: error });
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

function isReasonOf(error: unknown, signal: AbortSignal | undefined, within: CallScope | undefined): boolean {
  return (
    (signal?.aborted === true && error === signal.reason) || (within?.hasEnded === true && error === within.reason)
  );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
