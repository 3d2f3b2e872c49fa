import type { Failure } from "../results/outcome.js";
import { Result } from "../results/result.js";
import { type AsyncMethod, decorated, findSignal } from "./decorated.js";
import { requireDuration, type TaskError, timedOut } from "./errors.js";
import { withTimeLimit } from "./with-timeout.js";

/**
 * Decorates a method: it answers a Failure `TIMED_OUT` when `timeoutMs` milliseconds pass first. The call that is late is
 * abandoned, not aborted. It rejects at once when a signal that it was given, as its last argument or in it, aborts.
 *
 * The return type of the method must list `TIMED_OUT`.
 *
 * @throws TaskError `INVALID_OPTION` when the class is defined.
 *
 * @example
 * ```ts
 * import { Result, Service, timeout } from "@phasewise/runtime";
 *
 * export class RateService extends Service {
 *   @timeout(500)
 *   async findRate(currency: string): Promise<Result<number, "TIMED_OUT">> {
 *     const response = await fetch(`https://example.com/rates/${currency}`);
 *     return Result.success(Number(await response.text()));
 *   }
 * }
 * ```
 */
export function timeout(timeoutMs: number) {
  requireDuration("@timeout", "timeoutMs", timeoutMs);
  return <This, Args extends unknown[], R extends Result<unknown>>(
    method: AsyncMethod<This, Args, R>,
    _context: ClassMethodDecoratorContext<This>,
  ): AsyncMethod<This, Args, R | Failure<"TIMED_OUT">> =>
    decorated(method, async function (this: This, ...args: Args) {
      let late: TaskError | undefined;
      const onTimeout = (elapsedMs: number) => (late = timedOut(elapsedMs, method.name));
      try {
        return await withTimeLimit(() => method.apply(this, args), { timeoutMs, signal: findSignal(args), onTimeout });
      } catch (error) {
        if (!late) throw error;
        return Result.error("TIMED_OUT", late.message, { cause: late });
      }
    });
}
