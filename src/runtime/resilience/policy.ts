import type { Result } from "../results/result.js";
import { decorated, findSignal } from "../tasks/decorated.js";
import { invalidOption, notAFunction } from "../tasks/errors.js";
import { Call } from "./call.js";
import type { ExecuteOptions, PolicyContext, PolicyWork } from "./policy-work.js";

/** The codes that are left of `C` when those of `Handled` never come through. */
export type Unhandled<C extends string, Handled extends string> = [Handled] extends [never] ? C : Exclude<C, Handled>;

/** What a policy does to the type of a Result. */
export interface PolicyTypes<Added extends string, Handled extends string, Value> {
  readonly added: Added;
  readonly handled: Handled;
  readonly value: Value;
}

/** Any policy, whatever it answers. */
export type AnyPolicy = Policy<string, string, unknown>;

export type TypesOf<P extends AnyPolicy> = NonNullable<P["~types"]>;

/**
 * What every policy is: something that runs work, and answers in its own way when that fails. `Added` are the codes that
 * it may answer itself, `Handled` those that never come through it, `Value` is what it may answer instead.
 *
 * A Failure is a failed call, and so is a rejection, which passes as it is. An abort of the caller's signal ends a call at
 * once, wherever it is; it is nobody's failure.
 */
export abstract class Policy<Added extends string = never, Handled extends string = never, Value = never> {
  /** For the compiler alone, as in a Standard Schema: there is no such value. */
  declare readonly "~types"?: PolicyTypes<Added, Handled, Value>;

  /**
   * Runs the work under this policy. Rejects with the reason of the `signal` as soon as it aborts, and with what the work
   * throws.
   *
   * @throws TaskError `NOT_A_FUNCTION` for a promise in place of the work.
   */
  execute<T = never, C extends string = never>(
    work: PolicyWork<T, C>,
    options: ExecuteOptions = {},
  ): Promise<Result<T | Value, Unhandled<C, Handled> | Added>> {
    if (typeof work !== "function") return Promise.reject(notAFunction("policy.execute", work));
    const call = options instanceof Call ? options : new Call(options);
    const signal = call.findSignal();
    return signal?.aborted ? Promise.reject(signal.reason) : this.run(work, call);
  }

  /**
   * Gives a function that does the same under this policy. A signal that it is called with, as its last argument or as
   * `signal` in it, ends the call; the function is given that of the attempt in its place.
   */
  wrap<This, Args extends unknown[], T = never, C extends string = never>(
    fn: (this: This, ...args: Args) => PromiseLike<Result<T, C>>,
  ): (this: This, ...args: Args) => Promise<Result<T | Value, Unhandled<C, Handled> | Added>> {
    if (typeof fn !== "function") throw notAFunction("policy.wrap", fn);
    const execute = (work: PolicyWork<T, C>, options: ExecuteOptions) => this.execute(work, options);
    return decorated(fn, function (this: This, ...args: Args) {
      const signal = findSignal(args);
      if (!signal) return execute(() => fn.apply(this, args), {});
      return execute((context) => fn.apply(this, withSignalOf(context, args)), { signal });
    });
  }

  protected abstract run<T, C extends string>(
    work: PolicyWork<T, C>,
    call: Call,
  ): Promise<Result<T | Value, Unhandled<C, Handled> | Added>>;
}

export function requirePolicy(owner: string, policy: unknown): void {
  if (!(policy instanceof Policy)) throw invalidOption(owner, "each argument", "a policy", policy);
}

/** The same arguments with the signal of the context in place of the last one, or of the `signal` in it. */
function withSignalOf<Args extends unknown[]>({ signal }: PolicyContext, args: Args): Args {
  const last = args.at(-1);
  if (last instanceof AbortSignal) return args.with(-1, signal) as Args;
  const isPlain = Object.getPrototypeOf(last) === Object.prototype;
  return isPlain ? (args.with(-1, { ...(last as object), signal }) as Args) : args;
}
