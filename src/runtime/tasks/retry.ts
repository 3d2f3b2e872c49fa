import type { Result } from "../results/result.js";
import { type AsyncMethod, decorated, findSignal } from "./decorated.js";
import { type RetrySchedule, withRetry } from "./with-retry.js";

/**
 * Decorates a method: it is called again after a Failure and after a rejection, as `withRetry` does. A signal that it was
 * given, as its last argument or in it, ends the waiting between two attempts.
 *
 * @example
 * ```ts
 * import { Result, retry, Service } from "@phasewise/runtime";
 *
 * export class RateService extends Service {
 *   @retry({ maxAttempts: 5, delayMs: 50 })
 *   async findRate(currency: string, signal?: AbortSignal): Promise<Result<number>> {
 *     const response = await fetch(`https://example.com/rates/${currency}`, { signal: signal ?? null });
 *     return Result.success(Number(await response.text()));
 *   }
 * }
 * ```
 */
export function retry(schedule: RetrySchedule = {}) {
  return <This, Args extends unknown[], R extends Result<unknown>>(
    method: AsyncMethod<This, Args, R>,
    _context: ClassMethodDecoratorContext<This>,
  ): AsyncMethod<This, Args, R> =>
    decorated(method, function (this: This, ...args: Args) {
      return withRetry(() => method.apply(this, args), { ...schedule, signal: findSignal(args) });
    });
}
