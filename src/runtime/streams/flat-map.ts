import { requireFunction } from "./errors.js";
import { readInto } from "./reading.js";
import { type Receiver, Relay, type Waiting } from "./receiver.js";
import { requireSource, type Source } from "./source.js";
import { type Blame, blaming, nameStage, type Stage } from "./stage.js";
import { isThenable } from "./thenable.js";

type Expand<I, O> = (item: I) => Source<O> | PromiseLike<Source<O>>;

/**
 * A stage that gives the items of what `fn` makes of each item: an array, a generator, a stream. They are read as they
 * are wanted, one source after another, and each is closed as the source of the stream is.
 *
 * @throws StreamError `NOT_A_FUNCTION`; `INVALID_SOURCE` is what the stage fails with when `fn` gives no source.
 *
 * @example
 * ```ts
 * import { flatMap, pipeline } from "@phasewise/runtime/streams";
 *
 * export const splitWords = pipeline(flatMap((line: string) => line.split(" ")));
 * ```
 */
export function flatMap<I, O>(fn: Expand<I, O>): Stage<I, O> {
  requireFunction("flatMap", fn);
  return {
    name: nameStage("flatMap", fn),
    connect: (next, blame) => new FlatMapping(fn, next, blame),
  };
}

class FlatMapping<I, O> extends Relay<I, O> {
  readonly #fn: Expand<I, O>;
  readonly #blame: Blame | undefined;
  readonly #read = (source: Source<O>) => readInto(source, this.next, this.#blame);

  constructor(fn: Expand<I, O>, next: Receiver<O>, blame: Blame | undefined) {
    super(next);
    this.#fn = blaming((item) => expand(fn, item), blame);
    this.#blame = blame;
  }

  push(item: I): Waiting {
    const fn = this.#fn;
    const source = fn(item);
    return isThenable(source) ? this.continueWith(source, this.#read) : this.#read(source);
  }
}

function expand<I, O>(fn: Expand<I, O>, item: I): Source<O> | PromiseLike<Source<O>> {
  const source = fn(item);
  return isThenable(source) ? source.then(required) : required(source);
}

function required<O>(source: Source<O>): Source<O> {
  requireSource("flatMap's function", source);
  return source;
}
