import { type BoundCallOptions, type CallScope, PlatformCalls } from "../../platform/platform-calls.js";
import type { PlatformFailureCode } from "../../platform/platform-service.js";
import { Result } from "../../results/result.js";
import { sleep } from "../../tasks/sleep.js";

/** What every in-memory stub of a platform service takes. */
export interface StubOptions {
  /** How long each call takes, in milliseconds of the clock of the application; 0 by default. */
  readonly latencyMs?: number | ((operation: string) => number);
  /** How long a call may take that does not say so itself, in milliseconds; 5,000 by default. */
  readonly timeoutMs?: number;
  /** Makes calls fail: the code to fail with, or nothing. Calls of an operation are counted from 1. */
  readonly failure?: (operation: string, call: number) => PlatformFailureCode | undefined;
}

/** Makes the calls of a stub: late and failing as the test wants it. */
export class StubCalls<C extends string = never> {
  readonly #options: StubOptions;
  readonly #calls: PlatformCalls<C>;
  readonly #counts = new Map<string, number>();

  constructor(
    service: string,
    options: StubOptions = {},
    codeOf: (error: unknown) => C | PlatformFailureCode = () => "UNAVAILABLE",
  ) {
    this.#options = options;
    this.#calls = new PlatformCalls<C>({ service, timeoutMs: options.timeoutMs ?? 5_000, codeOf });
  }

  /** As that of `PlatformCalls`. */
  drain(): Promise<void> {
    return this.#calls.drain();
  }

  run<T, D extends string = never>(
    operation: string,
    options: BoundCallOptions | undefined,
    work: (scope: CallScope) => Promise<Result<T, D>>,
  ): Promise<Result<T, C | D | PlatformFailureCode>> {
    const call = (this.#counts.get(operation) ?? 0) + 1;
    this.#counts.set(operation, call);
    return this.#calls.run(operation, options, async (scope): Promise<Result<T, D | PlatformFailureCode>> => {
      const { latencyMs = 0, failure } = this.#options;
      const delayMs = typeof latencyMs === "number" ? latencyMs : latencyMs(operation);
      if (delayMs > 0) await sleep(delayMs, { signal: scope.signal });
      const code = failure?.(operation, call);
      return code === undefined ? work(scope) : Result.error(code, `${operation} fails because the stub was told so`);
    });
  }
}
