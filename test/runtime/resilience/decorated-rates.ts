import { Result } from "@phasewise/runtime";
import { CircuitBreaker, combine, Fallback, resilient, RetryPolicy, Timeout } from "@phasewise/runtime/resilience";
import type { Answer } from "./works.js";

const breaker = new CircuitBreaker({ failureThreshold: 3 });

export class RateService {
  readonly calls: unknown[] = [];
  readonly #work: (signal: AbortSignal | undefined) => Promise<Answer>;

  constructor(work: (signal: AbortSignal | undefined) => Promise<Answer>) {
    this.#work = work;
  }

  @resilient(combine(new RetryPolicy({ maxRetries: 4, delayMs: 0 }), breaker))
  async findRate(
    currency: string,
    signal?: AbortSignal,
  ): Promise<Result<string, "BUSY" | "NOT_FOUND" | "CIRCUIT_OPEN">> {
    this.calls.push([this, currency]);
    return this.#work(signal);
  }

  @resilient(new Timeout({ timeoutMs: 50 }))
  async findInTime(options: { signal?: AbortSignal }): Promise<Result<string, "BUSY" | "NOT_FOUND" | "TIMED_OUT">> {
    return this.#work(options.signal);
  }

  @resilient(new Fallback("none"))
  async findAny(): Promise<Answer> {
    return this.#work(undefined);
  }
}
