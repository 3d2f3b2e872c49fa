import { isFailure } from "../results/is-failure.js";
import type { Failure, ResultError } from "../results/outcome.js";
import { Result } from "../results/result.js";
import { invalidOption } from "../tasks/errors.js";
import type { Call } from "./call.js";
import { Policy, type Unhandled } from "./policy.js";
import type { PolicyContext, PolicyWork } from "./policy-work.js";

/** Answers in place of a Failure, with a Result of its own. */
export type FallbackAnswer<Value, Handled extends string, Added extends string> = (
  error: ResultError<Handled>,
  context: PolicyContext,
) => Result<Value, Added> | PromiseLike<Result<Value, Added>>;

/** What `Fallback` takes beside the answer. */
export interface FallbackOptions<Handled extends string> {
  /** The codes of the Failures that it answers; by default all of them. */
  readonly on?: readonly Handled[] | undefined;
}

/**
 * Answers in place of a Failure: with a Success of the value, or with the Result of the function. The codes that it
 * answers never come through it. What is thrown passes, and so does the caller's abort.
 *
 * @throws TaskError `INVALID_OPTION`
 *
 * @example
 * ```ts
 * import { Result } from "@phasewise/runtime";
 * import { Fallback } from "@phasewise/runtime/resilience";
 *
 * const noRates = new Fallback(new Map<string, number>(), { on: ["UNREACHABLE"] });
 *
 * export const fetchRates = () =>
 *   noRates.execute(({ signal }) =>
 *     Result.attempt("UNREACHABLE", async () => {
 *       const response = await fetch("https://example.com/rates", { signal });
 *       return new Map(Object.entries((await response.json()) as Record<string, number>));
 *     }),
 *   );
 * ```
 */
export class Fallback<Value, Handled extends string = string, Added extends string = never> extends Policy<
  Added,
  Handled,
  Value
> {
  readonly #answer: FallbackAnswer<Value, Handled, Added>;
  readonly #codes: ReadonlySet<string> | undefined;

  constructor(answer: Value | FallbackAnswer<Value, Handled, Added>, { on }: FallbackOptions<Handled> = {}) {
    super();
    if (on !== undefined && !Array.isArray(on)) throw invalidOption("Fallback", "on", "a list of codes", on);
    this.#answer = isAnswer(answer) ? answer : () => Result.success(answer);
    this.#codes = on && new Set(on);
  }

  protected override async run<T, C extends string>(
    work: PolicyWork<T, C>,
    call: Call,
  ): Promise<Result<T | Value, Unhandled<C, Handled> | Added>> {
    const outcome = await call.begin(work);
    if (!this.#isHandled(outcome)) return outcome as Result<T, Unhandled<C, Handled>>;
    return call.begin(async (context) => this.#answer(outcome.error, context));
  }

  #isHandled(outcome: unknown): outcome is Failure<Handled> {
    return isFailure(outcome) && (this.#codes?.has(outcome.error.code) ?? true);
  }
}

function isAnswer<Value, Handled extends string, Added extends string>(
  answer: Value | FallbackAnswer<Value, Handled, Added>,
): answer is FallbackAnswer<Value, Handled, Added> {
  return typeof answer === "function";
}
