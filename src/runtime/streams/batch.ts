import { type Clock, currentClock } from "../tasks/clock.js";
import { requireCount, requireDuration } from "../tasks/errors.js";
import { type Receiver, Relay, type Waiting } from "./receiver.js";
import type { Stage } from "./stage.js";

/** What `batch` takes, when a batch shall not wait for ever. */
export interface BatchOptions {
  /** How many items a batch has at most. */
  readonly size: number;
  /** How long the first item of a batch waits for others, in milliseconds; by default for ever. */
  readonly maxWaitMs?: number | undefined;
  /** Where time comes from; by default the clock of who runs the stream. */
  readonly clock?: Clock | undefined;
}

/**
 * A stage that gives arrays of `size` items; the last one may have fewer. With `maxWaitMs` a batch is given on, full or not,
 * when its first item has waited that long; while it is taken, the next one is filled.
 *
 * @throws TaskError `INVALID_OPTION` for a size that is no whole number above 0, and for a `maxWaitMs` that is no duration.
 *
 * @example
 * ```ts
 * import { batch, mapConcurrent, pipeline } from "@phasewise/runtime/streams";
 *
 * export const store = (insert: (rows: string[]) => Promise<number>) =>
 *   pipeline(batch<string>({ size: 500, maxWaitMs: 200 }), mapConcurrent(insert, { concurrency: 2 }));
 * ```
 */
export function batch<T>(options: number | BatchOptions): Stage<T, T[]> {
  const { size, maxWaitMs, clock }: BatchOptions = typeof options === "object" ? options : { size: options };
  requireCount("batch", "size", size);
  if (maxWaitMs !== undefined) requireDuration("batch", "maxWaitMs", maxWaitMs);
  const connect = (next: Receiver<T[]>) =>
    maxWaitMs === undefined
      ? new Batching(size, next)
      : new TimedBatching(size, maxWaitMs, clock ?? currentClock(), next);
  return { name: "batch", connect };
}

class Batching<T> extends Relay<T, T[]> {
  readonly #size: number;
  #items: T[] = [];

  constructor(size: number, next: Receiver<T[]>) {
    super(next);
    this.#size = size;
  }

  push(item: T): Waiting {
    this.#items.push(item);
    return this.#items.length < this.#size ? undefined : this.#flush();
  }

  override end(): Waiting {
    const flushing = this.#items.length > 0 ? this.#flush() : undefined;
    return flushing ? flushing.then(() => super.end()) : super.end();
  }

  #flush(): Waiting {
    const items = this.#items;
    this.#items = [];
    return this.next.push(items);
  }
}

/** One batch is being filled while the one before it is being taken. */
class TimedBatching<T> extends Relay<T, T[]> {
  readonly #size: number;
  readonly #maxWaitMs: number;
  readonly #clock: Clock;
  #items: T[] = [];
  #taking: Waiting;
  #cancelTimer = () => {};

  constructor(size: number, maxWaitMs: number, clock: Clock, next: Receiver<T[]>) {
    super(next);
    this.#size = size;
    this.#maxWaitMs = maxWaitMs;
    this.#clock = clock;
    this.scope.add({ end: () => this.#cancelTimer() });
  }

  push(item: T): Waiting {
    this.#items.push(item);
    if (this.#items.length >= this.#size) return this.#flush();
    if (this.#items.length === 1) this.#cancelTimer = this.#clock.schedule(this.#onTime, this.#maxWaitMs);
    return undefined;
  }

  override async end(): Promise<void> {
    await (this.#items.length > 0 ? this.#flush() : this.#taking);
    await super.end();
  }

  readonly #onTime = () => void this.run.follow(() => this.#flush());

  /** Gives the batch on when the one before it has been taken, with what has come meanwhile. */
  async #flush(): Promise<void> {
    const items = this.#items;
    this.#cancelTimer();
    await this.#taking;
    if (this.#items !== items || this.scope.hasEnded) return;
    this.#items = [];
    this.#taking = this.next.push(items);
    await this.#taking;
  }
}
