import type { Failure, Success } from "../results/outcome.js";
import { isResult } from "../results/is-result.js";
import { type CodeOf, Result } from "../results/result.js";

/** The Result that `settleAll` gives for work of this type: its own, if it gives one. */
export type Settled<T> = Result<T extends Success<infer D> ? D : T extends Failure ? never : T, CodeOf<T> | "REJECTED">;

/**
 * Waits for all of them, and gives one Result for each, in the same order. It never rejects for one of them: a rejection
 * is a Failure `REJECTED` with the cause. Work that gives a Result gives that one. Functions are all called at once.
 *
 * @example
 * ```ts
 * import { settleAll } from "@phasewise/runtime";
 *
 * const pages = await settleAll(["/a", "/b"].map((path) => fetch(`https://example.com${path}`)));
 * for (const page of pages) console.log(page.success ? page.data.status : page.error.message);
 * ```
 */
export async function settleAll<T>(works: Iterable<PromiseLike<T> | (() => PromiseLike<T>)>): Promise<Settled<T>[]> {
  return Promise.all(Array.from(works, settle));
}

async function settle<T>(work: PromiseLike<T> | (() => PromiseLike<T>)): Promise<Settled<T>> {
  const attempt = await Result.attempt("REJECTED", typeof work === "function" ? work : () => work);
  return (attempt.success && isResult(attempt.data) ? attempt.data : attempt) as Settled<T>;
}
