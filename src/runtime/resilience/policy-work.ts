import type { Result } from "../results/result.js";

/** What a policy gives to the work. */
export interface PolicyContext {
  /** Aborts when the caller's signal does, and when a `Timeout` around the work is over. */
  readonly signal: AbortSignal;
  /** 1 for the first attempt of the `RetryPolicy` around the work, and where there is none. */
  readonly attempt: number;
}

/** What a policy executes: it answers with a Result. Code that throws goes in through `Result.attempt`. */
export type PolicyWork<T, C extends string> = (context: PolicyContext) => PromiseLike<Result<T, C>>;

/** What `execute` takes beside the work. */
export interface ExecuteOptions {
  /** Ends the call: it rejects at once with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}
