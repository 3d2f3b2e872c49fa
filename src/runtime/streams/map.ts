import { requireFunction } from "./errors.js";
import { type Receiver, Relay, type Waiting } from "./receiver.js";
import { blaming, nameStage, type Stage } from "./stage.js";
import { isThenable } from "./thenable.js";

/**
 * A stage that gives what `fn` makes of each item; a promise is awaited before the next item. Work that takes its time
 * belongs into `mapConcurrent`, which also gives it a signal.
 *
 * @throws StreamError `NOT_A_FUNCTION`.
 *
 * @example
 * ```ts
 * import { map, pipeline } from "@phasewise/runtime/streams";
 *
 * export const parseLines = pipeline(map((line: string) => line.trim()), map(Number));
 * ```
 */
export function map<I, O>(fn: (item: I) => O | PromiseLike<O>): Stage<I, O> {
  requireFunction("map", fn);
  return {
    name: nameStage("map", fn),
    connect: (next, blame) => new Mapping(blaming(fn, blame), next),
  };
}

class Mapping<I, O> extends Relay<I, O> {
  readonly #fn: (item: I) => O | PromiseLike<O>;
  readonly #pass = (out: O) => this.next.push(out);

  constructor(fn: (item: I) => O | PromiseLike<O>, next: Receiver<O>) {
    super(next);
    this.#fn = fn;
  }

  push(item: I): Waiting {
    const fn = this.#fn;
    const out = fn(item);
    return isThenable(out) ? this.continueWith(out, this.#pass) : this.next.push(out);
  }
}
