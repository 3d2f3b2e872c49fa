import type { AsyncStream } from "@phasewise/runtime/streams";
import fc from "fast-check";

/** A stage over numbers and lists of them: as a method of a stream, and as a generator that does the same by hand. */
export interface Link {
  readonly apply: (stream: AsyncStream<Item>) => AsyncStream<Item>;
  readonly model: (items: Iterable<Item>) => Iterable<Item>;
  /** Does it begin work on items before they are asked for? */
  readonly readsAhead: boolean;
}

export type Item = number | readonly Item[];

/** The size of an item, by which functions decide what to do with it. */
export const sizeOf = (item: Item): number =>
  typeof item === "number" ? item : item.reduce<number>((sum, part) => sum + sizeOf(part), item.length);

/** Gives the value at once, or later. */
const maybeLater = <T>(isLater: boolean, value: () => T): T | Promise<T> =>
  isLater ? Promise.resolve().then(value) : value();

const sizes = fc.integer({ min: 1, max: 4 });

const maps = fc.record({ isLater: fc.boolean(), by: sizes }).map(({ isLater, by }): Link => {
  const change = (item: Item): Item => (typeof item === "number" ? item + by : [...item, by]);
  return {
    apply: (stream) => stream.map((item) => maybeLater(isLater, () => change(item))),
    *model(items) {
      for (const item of items) yield change(item);
    },
    readsAhead: false,
  };
});

const filters = fc.record({ isLater: fc.boolean(), by: sizes }).map(({ isLater, by }): Link => {
  const isKept = (item: Item) => sizeOf(item) % (by + 1) !== 0;
  return {
    apply: (stream) => stream.filter((item) => maybeLater(isLater, () => isKept(item))),
    *model(items) {
      for (const item of items) if (isKept(item)) yield item;
    },
    readsAhead: false,
  };
});

const flatMaps = fc
  .record({ isLater: fc.boolean(), by: sizes, kind: fc.constantFrom("array", "generator", "async generator") })
  .map(({ isLater, by, kind }): Link => {
    function* expand(item: Item): Generator<Item, void, undefined> {
      for (let count = sizeOf(item) % (by + 1); count > 0; count--) yield item;
    }
    const sources = {
      array: (item: Item) => [...expand(item)],
      generator: expand,
      "async generator": async function* (item: Item) {
        yield* expand(item);
      },
    };
    const source = sources[kind as keyof typeof sources];
    return {
      apply: (stream) => stream.flatMap<Item>((item) => maybeLater(isLater, () => source(item))),
      *model(items) {
        for (const item of items) yield* expand(item);
      },
      readsAhead: false,
    };
  });

const batches = sizes.map((size): Link => ({
  apply: (stream) => stream.batch(size),
  *model(items) {
    let batch: Item[] = [];
    for (const item of items) {
      batch.push(item);
      if (batch.length < size) continue;
      yield batch;
      batch = [];
    }
    if (batch.length > 0) yield batch;
  },
  readsAhead: false,
}));

const windows = fc.record({ size: sizes, step: sizes }).map((options): Link => ({
  apply: (stream) => stream.window(options),
  *model(items) {
    let seen: Item[] = [];
    let next = options.size;
    for (const item of items) {
      seen = [...seen, item];
      if (seen.length < next) continue;
      yield seen.slice(-options.size);
      next += options.step;
    }
  },
  readsAhead: false,
}));

const takes = fc.integer({ min: 1, max: 12 }).map((count): Link => ({
  apply: (stream) => stream.take(count),
  *model(items) {
    let left = count;
    for (const item of items) {
      yield item;
      if (--left === 0) return;
    }
  },
  readsAhead: false,
}));

const concurrentMaps = fc
  .record({ concurrency: sizes, isLater: fc.boolean() })
  .map(({ concurrency, isLater }): Link => ({
    apply: (stream) => stream.mapConcurrent((item) => maybeLater(isLater, () => [item]), { concurrency }),
    *model(items) {
      for (const item of items) yield [item];
    },
    readsAhead: true,
  }));

/** Stages of every kind that keeps the order. */
export const links = fc.array(fc.oneof(maps, filters, flatMaps, batches, windows, takes, concurrentMaps), {
  maxLength: 6,
});
