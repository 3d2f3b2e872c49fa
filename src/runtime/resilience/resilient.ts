import type { Failure, Success } from "../results/outcome.js";
import type { Result } from "../results/result.js";
import type { AsyncMethod } from "../tasks/decorated.js";
import { type AnyPolicy, requirePolicy, type TypesOf } from "./policy.js";

/**
 * Decorates a method: it runs under the policy, which all objects of the class share. A signal that it is called with, as
 * its last argument or in it, ends the call; the method is given that of the attempt in its place.
 *
 * The return type of the method must list the codes that the policy may answer.
 *
 * @throws TaskError `INVALID_OPTION` for what is no policy, when the class is defined.
 *
 * @example
 * ```ts
 * import { Result, Service } from "@phasewise/runtime";
 * import { CircuitBreaker, combine, resilient, RetryPolicy } from "@phasewise/runtime/resilience";
 *
 * const policy = combine(new RetryPolicy(), new CircuitBreaker());
 *
 * export class RateService extends Service {
 *   @resilient(policy)
 *   async findRate(currency: string, signal?: AbortSignal): Promise<Result<string, "UNREACHABLE" | "CIRCUIT_OPEN">> {
 *     return Result.attempt("UNREACHABLE", async () => {
 *       const response = await fetch(`https://example.com/rates/${currency}`, { signal: signal ?? null });
 *       return response.text();
 *     });
 *   }
 * }
 * ```
 */
export function resilient<P extends AnyPolicy>(policy: P) {
  requirePolicy("@resilient", policy);
  type Answer = Failure<TypesOf<P>["added"]> | Success<TypesOf<P>["value"]>;
  return <This, Args extends unknown[], R extends Result<unknown>>(
    method: AsyncMethod<This, Args, R>,
    _context: ClassMethodDecoratorContext<This>,
  ): AsyncMethod<This, Args, R | Answer> => policy.wrap(method) as AsyncMethod<This, Args, R | Answer>;
}
