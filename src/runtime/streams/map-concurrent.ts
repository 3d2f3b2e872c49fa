import { requireCount } from "../tasks/errors.js";
import { isCancellation } from "../tasks/is-cancellation.js";
import { requireFunction } from "./errors.js";
import { OneByOne } from "./one-by-one.js";
import { type Receiver, Relay, type Waiting } from "./receiver.js";
import { type Blame, nameStage, type Stage } from "./stage.js";

/** What `mapConcurrent` takes beside the function. */
export interface ConcurrencyOptions {
  /** How many items are worked on, or done and not yet taken, at the same time at most. */
  readonly concurrency: number;
  /** Are the results in the order of the items? By default they are; otherwise each comes when it is done. */
  readonly ordered?: boolean | undefined;
}

type Task<I, O> = (item: I, signal: AbortSignal) => O | PromiseLike<O>;

/**
 * A stage that gives what `fn` makes of each item, and runs it for several items at the same time. The signal aborts when
 * the stream fails, is aborted, or is left early. The first failure, of whichever item, ends the stream: the other tasks are
 * aborted and awaited. A rejection that only answers the abort is no failure.
 *
 * @throws StreamError `NOT_A_FUNCTION`; TaskError `INVALID_OPTION` for a concurrency that is no whole number above 0.
 *
 * @example
 * ```ts
 * import { mapConcurrent, pipeline } from "@phasewise/runtime/streams";
 *
 * export const fetchTexts = pipeline(
 *   mapConcurrent(async (url: string, signal) => (await fetch(url, { signal })).text(), { concurrency: 8 }),
 * );
 * ```
 */
export function mapConcurrent<I, O>(fn: Task<I, O>, options: ConcurrencyOptions): Stage<I, O> {
  const { concurrency, ordered = true } = options;
  requireFunction("mapConcurrent", fn);
  requireCount("mapConcurrent", "concurrency", concurrency);
  return {
    name: nameStage("mapConcurrent", fn),
    connect: (next, blame) => new ConcurrentMapping(fn, concurrency, ordered, next, blame),
  };
}

class ConcurrentMapping<I, O> extends Relay<I, O> {
  readonly #fn: Task<I, O>;
  readonly #concurrency: number;
  readonly #blame: Blame | undefined;
  readonly #isOrdered: boolean;
  readonly #outlet: Receiver<O>;
  #last: Waiting;
  #running = 0;
  #onDone = () => {};

  constructor(fn: Task<I, O>, concurrency: number, isOrdered: boolean, next: Receiver<O>, blame: Blame | undefined) {
    super(next);
    this.#fn = fn;
    this.#concurrency = concurrency;
    this.#blame = blame;
    this.#isOrdered = isOrdered;
    this.#outlet = isOrdered ? next : new OneByOne(next);
  }

  push(item: I): Waiting {
    const before = this.#isOrdered ? this.#last : undefined;
    this.#running++;
    this.#last = this.run.follow(() => this.#process(item, before));
    return this.#running < this.#concurrency ? undefined : this.#whenDone();
  }

  override async end(): Promise<void> {
    while (this.#running > 0) await this.#whenDone();
    await super.end();
  }

  async #process(item: I, before: Waiting): Promise<void> {
    try {
      const out = await this.#runTask(item);
      await before;
      if (out && !this.scope.hasEnded) await this.#outlet.push(out.value);
    } catch (error) {
      // Before the place is free: nothing is begun after a failure.
      this.run.fail(error);
    } finally {
      this.#running--;
      this.#onDone();
    }
  }

  async #runTask(item: I): Promise<{ value: O } | undefined> {
    try {
      const fn = this.#fn;
      return { value: await fn(item, this.scope.signal) };
    } catch (error) {
      const { hasEnded, reason } = this.scope;
      if (hasEnded && isCancellation(error, reason)) return undefined;
      throw this.#blame ? this.#blame(error) : error;
    }
  }

  /** Only one waits: who pushes, or in the end who has pushed. */
  #whenDone(): Promise<void> {
    return new Promise((resolve) => (this.#onDone = resolve));
  }
}
