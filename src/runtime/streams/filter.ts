import { requireFunction } from "./errors.js";
import { type Receiver, Relay, type Waiting } from "./receiver.js";
import { blaming, nameStage, type Stage } from "./stage.js";
import { isThenable } from "./thenable.js";

/**
 * A stage that gives the items for which `predicate` is true; a promise is awaited before the next item.
 *
 * @throws StreamError `NOT_A_FUNCTION`.
 *
 * @example
 * ```ts
 * import { filter, pipeline } from "@phasewise/runtime/streams";
 *
 * export const keepTexts = pipeline(filter((item: unknown): item is string => typeof item === "string"));
 * ```
 */
export function filter<I, O extends I>(predicate: (item: I) => item is O): Stage<I, O>;
export function filter<I>(predicate: (item: I) => boolean | PromiseLike<boolean>): Stage<I, I>;
export function filter<I>(predicate: (item: I) => boolean | PromiseLike<boolean>): Stage<I, I> {
  requireFunction("filter", predicate);
  return {
    name: nameStage("filter", predicate),
    connect: (next, blame) => new Filtering(blaming(predicate, blame), next),
  };
}

class Filtering<I> extends Relay<I, I> {
  readonly #predicate: (item: I) => boolean | PromiseLike<boolean>;

  constructor(predicate: (item: I) => boolean | PromiseLike<boolean>, next: Receiver<I>) {
    super(next);
    this.#predicate = predicate;
  }

  push(item: I): Waiting {
    const predicate = this.#predicate;
    const isKept = predicate(item);
    if (isThenable(isKept)) return this.continueWith(isKept, (isKept) => (isKept ? this.next.push(item) : undefined));
    return isKept ? this.next.push(item) : undefined;
  }
}
