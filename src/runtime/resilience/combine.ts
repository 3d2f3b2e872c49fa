import type { Result } from "../results/result.js";
import { invalidOption } from "../tasks/errors.js";
import type { Call } from "./call.js";
import { type AnyPolicy, Policy, requirePolicy, type TypesOf, type Unhandled } from "./policy.js";
import type { PolicyWork } from "./policy-work.js";

/** The policy that these make together, the first one around all others. */
export type Combined<
  Policies extends readonly unknown[],
  Added extends string = never,
  Handled extends string = never,
  Value = never,
> = Policies extends readonly [infer Outer extends AnyPolicy, ...infer Inner]
  ? Combined<
      Inner,
      Added | Unhandled<TypesOf<Outer>["added"], Handled>,
      Handled | TypesOf<Outer>["handled"],
      Value | TypesOf<Outer>["value"]
    >
  : Policy<Added, Handled, Value>;

/**
 * Makes one policy of several. The first one is the outermost: `combine(retry, breaker)` asks the breaker at every attempt.
 *
 * @throws TaskError `INVALID_OPTION` for nothing, and for what is no policy.
 *
 * @example
 * ```ts
 * import { Result } from "@phasewise/runtime";
 * import { CircuitBreaker, combine, RetryPolicy, Timeout } from "@phasewise/runtime/resilience";
 *
 * const policy = combine(new RetryPolicy(), new CircuitBreaker(), new Timeout({ timeoutMs: 2_000 }));
 *
 * export const fetchRates = () =>
 *   policy.execute(({ signal }) =>
 *     Result.attempt("UNREACHABLE", () => fetch("https://example.com/rates", { signal })),
 *   );
 * ```
 */
export function combine<const Policies extends readonly [AnyPolicy, ...AnyPolicy[]]>(
  ...policies: Policies
): Combined<Policies> {
  for (const policy of policies) requirePolicy("combine", policy);
  if (policies.length === 0) throw invalidOption("combine", "policies", "at least one policy", "none");
  return policies.reduce((outer, inner) => new Combination(outer, inner)) as AnyPolicy as Combined<Policies>;
}

class Combination extends Policy<string, string, unknown> {
  readonly #outer: AnyPolicy;
  readonly #inner: AnyPolicy;

  constructor(outer: AnyPolicy, inner: AnyPolicy) {
    super();
    this.#outer = outer;
    this.#inner = inner;
  }

  protected override run<T, C extends string>(work: PolicyWork<T, C>, call: Call): Promise<Result<unknown, string>> {
    return this.#outer.execute((context) => this.#inner.execute(work, context), call);
  }
}
