import { Readable } from "node:stream";
import { batch, type BatchOptions } from "./batch.js";
import { requireFunction, requireStage, streamUsed } from "./errors.js";
import { filter } from "./filter.js";
import { flatMap } from "./flat-map.js";
import { map } from "./map.js";
import { type ConcurrencyOptions, mapConcurrent } from "./map-concurrent.js";
import { mergeFeeds } from "./merge-feeds.js";
import { feedFrom } from "./reading.js";
import type { Feed, Waiting } from "./receiver.js";
import { Run } from "./run.js";
import { requireSource, type Source } from "./source.js";
import type { Stage } from "./stage.js";
import { StreamIterator } from "./stream-iterator.js";
import { take } from "./take.js";
import { isThenable } from "./thenable.js";
import { window, type WindowOptions } from "./window.js";

/** What a stream takes when it is made, and when it is consumed. */
export interface StreamOptions {
  /** Ends the stream: a wait ends at once, the source is closed, and the consumer rejects with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/**
 * Items that come one after another, now or later. Nothing is read before the stream is consumed, and no more than is
 * wanted. The source is closed once: at an early exit, at a failure and at an abort. A stream is used once: by a consumer, or by
 * the stream that is made of it.
 *
 * Stages run one after another without a promise an item, until one of them gives a promise. A stream that never waits lets
 * the event loop turn after some milliseconds. An error that is thrown comes out unchanged where the stream is consumed.
 *
 * @example
 * ```ts
 * import { AsyncStream } from "@phasewise/runtime/streams";
 *
 * export const importRows = (lines: AsyncIterable<string>, insert: (rows: string[][]) => Promise<void>, signal: AbortSignal) =>
 *   AsyncStream.from(lines, { signal })
 *     .filter((line) => line !== "")
 *     .map((line) => line.split(";"))
 *     .batch(500)
 *     .forEach(insert);
 * ```
 */
export class AsyncStream<T> implements AsyncIterable<T, undefined, undefined> {
  readonly #feed: Feed<T>;
  readonly #signals: readonly AbortSignal[];
  #isUsed = false;

  private constructor(feed: Feed<T>, signals: readonly AbortSignal[]) {
    this.#feed = feed;
    this.#signals = signals;
  }

  /**
   * Makes a stream of a source. A Node stream is destroyed when it is left early, a web stream is cancelled and unlocked.
   * Promises that an iterable gives are awaited, one after another.
   *
   * @throws StreamError `INVALID_SOURCE`, or `STREAM_USED` for a stream that is used.
   */
  static from<T>(source: Source<T>, { signal }: StreamOptions = {}): AsyncStream<T> {
    const { feed, signals } = AsyncStream.#open("AsyncStream.from", source);
    return new AsyncStream(feed, signal ? [...signals, signal] : signals);
  }

  /** Gives what `fn` makes of each item; a promise is awaited before the next item. */
  map<O>(fn: (item: T) => O | PromiseLike<O>): AsyncStream<O> {
    return this.#through("map", map(fn));
  }

  /** Gives the items for which `predicate` is true; a promise is awaited before the next item. */
  filter<O extends T>(predicate: (item: T) => item is O): AsyncStream<O>;
  filter(predicate: (item: T) => boolean | PromiseLike<boolean>): AsyncStream<T>;
  filter(predicate: (item: T) => boolean | PromiseLike<boolean>): AsyncStream<T> {
    return this.#through("filter", filter(predicate));
  }

  /** Gives the items of what `fn` makes of each item, as they are wanted. Each source is closed as that of the stream is. */
  flatMap<O>(fn: (item: T) => Source<O> | PromiseLike<Source<O>>): AsyncStream<O> {
    return this.#through("flatMap", flatMap(fn));
  }

  /** Gives arrays of `size` items, or of fewer at the end, and when the first one has waited for `maxWaitMs`. */
  batch(options: number | BatchOptions): AsyncStream<T[]> {
    return this.#through("batch", batch<T>(options));
  }

  /** Gives the first `count` items. With the last one everything before it ends. */
  take(count: number): AsyncStream<T> {
    return this.#through("take", take<T>(count));
  }

  /** Gives windows of `size` successive items; one begins `step` items after the other. */
  window(options: number | WindowOptions): AsyncStream<T[]> {
    return this.#through("window", window<T>(options));
  }

  /** Gives what `fn` makes of each item, and runs it for several items at the same time; see the stage `mapConcurrent`. */
  mapConcurrent<O>(
    fn: (item: T, signal: AbortSignal) => O | PromiseLike<O>,
    options: ConcurrencyOptions,
  ): AsyncStream<O> {
    return this.#through("mapConcurrent", mapConcurrent(fn, options));
  }

  /**
   * Gives the items of this and the other sources as they come. All are read at the same time, each one item ahead at most;
   * those that always have an item take turns. The first failure ends all of them.
   *
   * @throws StreamError `INVALID_SOURCE`, or `STREAM_USED` for a stream that is used.
   */
  merge<O = T>(...others: Source<O>[]): AsyncStream<T | O> {
    const all = [this, ...others].map((source) => AsyncStream.#open<T | O>("merge", source as Source<T | O>));
    return new AsyncStream(
      mergeFeeds(all.map(({ feed }) => feed)),
      all.flatMap(({ signals }) => signals),
    );
  }

  /**
   * Passes the items through a stage or a pipeline.
   *
   * @throws StreamError `INVALID_STAGE`.
   */
  through<O>(stage: Stage<T, O>): AsyncStream<O> {
    requireStage("through", stage);
    return this.#through("through", stage);
  }

  /** Makes one value of all items: `fn` is given the value so far, beginning with `initial`, and an item. */
  async reduce<V>(fn: (value: V, item: T) => V | PromiseLike<V>, initial: V, options?: StreamOptions): Promise<V> {
    requireFunction("reduce", fn);
    let value = initial;
    const set = (next: V) => void (value = next);
    await this.#consume("reduce", options, (item) => {
      const next = fn(value, item);
      if (isThenable(next)) return Promise.resolve(next).then(set);
      value = next;
      return undefined;
    });
    return value;
  }

  /** Gives all items as an array. */
  async collect(options?: StreamOptions): Promise<T[]> {
    const items: T[] = [];
    await this.#consume("collect", options, (item) => {
      items.push(item);
      return undefined;
    });
    return items;
  }

  /** Calls `fn` with each item; a promise is awaited before the next item. */
  async forEach(fn: (item: T) => unknown, options?: StreamOptions): Promise<void> {
    requireFunction("forEach", fn);
    await this.#consume("forEach", options, (item) => {
      const result = fn(item);
      return isThenable(result) ? Promise.resolve(result).then(() => {}) : undefined;
    });
  }

  /**
   * Makes a Node stream in object mode, which reads one item ahead. Destroying it closes the source; what this stream rejects
   * with is its `error` event. Strings and Buffers may be piped on into a stream of bytes.
   */
  toReadable(options?: StreamOptions): Readable {
    return Readable.from(this.#iterate("toReadable", options));
  }

  [Symbol.asyncIterator](): AsyncIterableIterator<T, undefined, undefined> {
    return this.#iterate("for await");
  }

  /** What a source is read by. A stream hands over what it was made of: nothing comes between its stages and the next. */
  static #open<T>(call: string, source: Source<T>): { feed: Feed<T>; signals: readonly AbortSignal[] } {
    if (source instanceof AsyncStream) {
      source.#use(call);
      return { feed: source.#feed, signals: source.#signals };
    }
    requireSource(call, source);
    return { feed: feedFrom(source), signals: [] };
  }

  #use(call: string): void {
    if (this.#isUsed) throw streamUsed(call);
    this.#isUsed = true;
  }

  #through<O>(call: string, { connect }: Stage<T, O>): AsyncStream<O> {
    this.#use(call);
    const feed = this.#feed;
    return new AsyncStream<O>((receiver) => feed(connect(receiver)), this.#signals);
  }

  #consume(call: string, { signal }: StreamOptions = {}, push: (item: T) => Waiting): Promise<void> {
    this.#use(call);
    const run = new Run();
    const receiver = { run, scope: run.scope, push, end: () => undefined };
    return run.start(this.#feed, receiver, signal ? [...this.#signals, signal] : this.#signals);
  }

  #iterate(call: string, { signal }: StreamOptions = {}): AsyncIterableIterator<T, undefined, undefined> {
    this.#use(call);
    return new StreamIterator(this.#feed, signal ? [...this.#signals, signal] : this.#signals);
  }
}
