import type { Result } from "../results/result.js";
import { requireCount } from "../tasks/errors.js";
import { onAbort } from "../tasks/on-abort.js";
import { traced } from "../tasks/tracing.js";
import type { Call } from "./call.js";
import { bulkheadFull, requireWhole } from "./errors.js";
import { Policy } from "./policy.js";
import type { PolicyWork } from "./policy-work.js";

/** What `Bulkhead` takes. */
export interface BulkheadOptions {
  /** How many calls run at the same time at most. */
  readonly maxConcurrency: number;
  /** How many calls wait for a place at most; 0 by default. */
  readonly maxQueue?: number | undefined;
}

/**
 * Keeps one dependency from taking everything: `maxConcurrency` calls run, `maxQueue` wait, all others are answered
 * `BULKHEAD_FULL`. Who has waited longest comes first. A place is free when the work has really ended, also if its caller
 * was gone before.
 *
 * @throws TaskError `INVALID_OPTION`
 *
 * @example
 * ```ts
 * import { Result } from "@phasewise/runtime";
 * import { Bulkhead } from "@phasewise/runtime/resilience";
 *
 * const bulkhead = new Bulkhead({ maxConcurrency: 10, maxQueue: 100 });
 *
 * export const fetchRates = () =>
 *   bulkhead.execute(({ signal }) =>
 *     Result.attempt("UNREACHABLE", () => fetch("https://example.com/rates", { signal })),
 *   );
 * ```
 */
export class Bulkhead extends Policy<"BULKHEAD_FULL"> {
  readonly #maxConcurrency: number;
  readonly #maxQueue: number;
  readonly #waiting = new Set<() => void>();
  #running = 0;

  constructor({ maxConcurrency, maxQueue = 0 }: BulkheadOptions) {
    super();
    requireCount("Bulkhead", "maxConcurrency", maxConcurrency);
    requireWhole("Bulkhead", "maxQueue", maxQueue);
    this.#maxConcurrency = maxConcurrency;
    this.#maxQueue = maxQueue;
  }

  /** How many calls are running. */
  get running(): number {
    return this.#running;
  }

  /** How many calls are waiting for a place. */
  get waiting(): number {
    return this.#waiting.size;
  }

  protected override async run<T, C extends string>(
    work: PolicyWork<T, C>,
    call: Call,
  ): Promise<Result<T, C | "BULKHEAD_FULL">> {
    const signal = call.findSignal();
    if (this.#running < this.#maxConcurrency) this.#running++;
    else if (this.#waiting.size < this.#maxQueue) await this.#wait(signal);
    else return bulkheadFull(this.#maxConcurrency, this.#maxQueue);

    return call.begin(async (context) => {
      try {
        signal?.throwIfAborted();
        return await work(context);
      } finally {
        this.#leave();
      }
    });
  }

  /** Waits for a place that another call leaves to this one. */
  #wait(signal: AbortSignal | undefined): Promise<void> {
    const entering = new Promise<void>((resolve, reject) => {
      const enter = () => {
        stopListening();
        resolve();
      };
      this.#waiting.add(enter);
      const stopListening = onAbort(signal, (reason) => {
        this.#waiting.delete(enter);
        reject(reason);
      });
    });
    // The tracer may come to look at it later than an abort.
    entering.catch(() => {});
    return traced("phasewise.resilience.queue", {}, () => entering);
  }

  #leave(): void {
    const [enter] = this.#waiting;
    if (!enter) this.#running--;
    else {
      this.#waiting.delete(enter);
      enter();
    }
  }
}
