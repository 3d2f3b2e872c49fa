import { inspect } from "node:util";
import { UnwrapError } from "./errors.js";
import { formatFailure } from "./format-failure.js";
import type { Failure, ResultError, Success } from "./outcome.js";
import { parseResult } from "./parse-result.js";
import { toPlainResult } from "./plain-result.js";

/** What `Result.error` takes beside code and message. */
export type ResultErrorOptions = Pick<ResultError, "cause" | "details">;

/**
 * What every service method returns: a `Success` with data, or a `Failure` with a code from the closed set `C`.
 *
 * A Result is a plain object: it narrows on `success`, it serialises, and nothing has to be imported to read one.
 *
 * @example
 * ```ts
 * import { Result } from "@phasewise/runtime";
 *
 * export function parsePort(text: string): Result<number, "INVALID_PORT"> {
 *   const port = Number(text);
 *   if (!Number.isInteger(port)) return Result.error("INVALID_PORT", `"${text}" is not a port number`);
 *   return Result.success(port);
 * }
 * ```
 */
export type Result<T, C extends string = string> = Success<T> | Failure<C>;

/** The functions that make, combine, print and transport Results. None of them throws, except `unwrap`. */
export const Result = {
  success,
  error,
  attempt,
  map,
  andThen,
  all,
  match,
  unwrap,
  format: formatFailure,
  toJSON: toPlainResult,
  parse: parseResult,
} as const;

/** The data type of a Result type. */
export type DataOf<R> = R extends Success<infer T> ? T : never;

/** The union of the error codes of a Result type. */
export type CodeOf<R> = R extends Failure<infer C> ? C : never;

type Eventually<T> = T | PromiseLike<T>;
type DataOfAll<R extends readonly unknown[]> = { -readonly [K in keyof R]: DataOf<Awaited<R[K]>> };

/** Makes a Success. */
function success<T>(data: T): Success<T> {
  return { success: true, data };
}

/** Makes a Failure. Give the error that was caught as `cause`, and values worth logging as `details`. */
function error<C extends string>(code: C, message: string, options?: ResultErrorOptions): Failure<C> {
  return { success: false, error: { code, message, ...options } };
}

/**
 * Runs code that may throw or reject, and turns that into a Failure: the thrown value becomes its `cause`, the text of
 * the thrown error its message.
 */
async function attempt<T, C extends string>(code: C, run: () => Eventually<T>): Promise<Result<T, C>> {
  try {
    return success(await run());
  } catch (cause) {
    return error(code, messageOf(cause), { cause });
  }
}

function messageOf(cause: unknown): string {
  if (cause instanceof Error) return cause.message;
  return typeof cause === "string" ? cause : inspect(cause);
}

/** Changes the data of a Success; a Failure stays as it is. */
function map<T, C extends string, U>(result: Result<T, C>, change: (data: T) => U): Result<U, C> {
  return result.success ? success(change(result.data)) : result;
}

/** Continues with the next call after a Success; a Failure stays as it is. Either may still be a promise. */
async function andThen<T, C extends string, U, D extends string = never>(
  result: Eventually<Result<T, C>>,
  next: (data: T) => Eventually<Result<U, D>>,
): Promise<Result<U, C | D>> {
  const settled = await result;
  return settled.success ? next(settled.data) : settled;
}

/** Waits for all of them. Gives a Success with every data in the same order, or the Failure that comes first in the list. */
async function all<const R extends readonly Eventually<Result<unknown>>[]>(
  results: R,
): Promise<Result<DataOfAll<R>, CodeOf<Awaited<R[number]>>>> {
  const settled: readonly Result<unknown>[] = await Promise.all(results);
  const data: unknown[] = [];
  for (const result of settled) {
    if (!result.success) return result as Failure<CodeOf<Awaited<R[number]>>>;
    data.push(result.data);
  }
  return success(data as DataOfAll<R>);
}

/** Answers with one of two functions, by outcome. */
function match<T, C extends string, A, B>(
  result: Result<T, C>,
  cases: { success: (data: T) => A; error: (error: ResultError<C>) => B },
): A | B {
  return result.success ? cases.success(result.data) : cases.error(result.error);
}

/**
 * Gives the data of a Success, for places where a Failure is a defect, such as scripts.
 *
 * @throws UnwrapError `UNWRAPPED_FAILURE` for a Failure.
 */
function unwrap<T>(result: Result<T>): T {
  if (result.success) return result.data;
  throw new UnwrapError(result.error);
}
