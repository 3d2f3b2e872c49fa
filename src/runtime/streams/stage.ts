import type { Receiver } from "./receiver.js";
import { isThenable } from "./thenable.js";

/** Makes the error that a failure of a stage is told as: a pipeline names the stage in it. */
export type Blame = (error: unknown) => unknown;

/**
 * What items of type `I` pass, to come out as items of type `O`: made by `map`, `filter`, `flatMap`, `batch`, `take`,
 * `window`, `mapConcurrent` and `pipeline`. It keeps nothing between runs, so it may be used many times, also at once.
 *
 * @example
 * ```ts
 * import { map, type Stage } from "@phasewise/runtime/streams";
 *
 * export const trim: Stage<string, string> = map((line: string) => line.trim());
 * ```
 */
export interface Stage<I, O> {
  /** What it does, with the name of its function if it has one: `filter isPaid`. */
  readonly name: string;
  /** Begins a run: for the engine only. */
  readonly connect: (next: Receiver<O>, blame?: Blame) => Receiver<I>;
}

/** The name of a stage with a function. */
export function nameStage(kind: string, { name }: { readonly name: string }): string {
  return name ? `${kind} ${name}` : kind;
}

/** The function, whose failures are told by `blame` if there is one. */
export function blaming<I, O>(fn: (item: I) => O | PromiseLike<O>, blame: Blame | undefined): typeof fn {
  if (!blame) return fn;
  return (item) => {
    try {
      const out = fn(item);
      return isThenable(out) ? settle(out, blame) : out;
    } catch (error) {
      throw blame(error);
    }
  };
}

async function settle<T>(value: PromiseLike<T>, blame: Blame): Promise<T> {
  try {
    return await value;
  } catch (error) {
    throw blame(error);
  }
}
