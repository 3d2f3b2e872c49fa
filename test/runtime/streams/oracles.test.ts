import { Readable } from "node:stream";
import { AsyncStream } from "@phasewise/runtime/streams";
import fc from "fast-check";
import * as iterTools from "iter-tools";
import { from as ixFrom } from "ix/asynciterable";
import * as ix from "ix/asynciterable/operators";
import * as streaming from "streaming-iterables";
import { describe, expect, it } from "vitest";

const add = (number: number) => number + 1;
const isEven = (number: number) => number % 2 === 0;
const twice = (number: number) => [number, -number];
const addLater = async (number: number) => number + 1;

/** A stage of each library that does the same; those without it are left out. */
interface Peers {
  readonly own: (stream: AsyncStream<number>) => AsyncStream<number>;
  readonly streaming: (items: AsyncIterable<number>) => AsyncIterable<number>;
  readonly iterTools: (items: AsyncIterable<number>) => AsyncIterable<number>;
  readonly ix: (items: AsyncIterable<number>) => AsyncIterable<number>;
  readonly node: (items: Readable) => Readable;
}

const stages: Record<string, Peers> = {
  map: {
    own: (stream) => stream.map(add),
    streaming: (items) => streaming.map(add, items),
    iterTools: (items) => iterTools.asyncMap(add, items),
    ix: (items) => ixFrom(items).pipe(ix.map(add)),
    node: (items) => items.map(add),
  },
  "map with promises": {
    own: (stream) => stream.map(addLater),
    streaming: (items) => streaming.map(addLater, items),
    iterTools: (items) => iterTools.asyncMap(addLater, items),
    ix: (items) => ixFrom(items).pipe(ix.map(addLater)),
    node: (items) => items.map(addLater),
  },
  filter: {
    own: (stream) => stream.filter(isEven),
    streaming: (items) => streaming.filter(isEven, items),
    iterTools: (items) => iterTools.asyncFilter(isEven, items),
    ix: (items) => ixFrom(items).pipe(ix.filter(isEven)),
    node: (items) => items.filter(isEven),
  },
  flatMap: {
    own: (stream) => stream.flatMap(twice),
    streaming: (items) => streaming.flatMap(twice, items),
    iterTools: (items) => iterTools.asyncFlatMap(twice, items),
    ix: (items) => ixFrom(items).pipe(ix.concatMap(twice)),
    node: (items) => items.flatMap(twice),
  },
  batch: {
    own: (stream) => stream.batch(2).map((items) => items.length),
    streaming: (items) => streaming.map((items) => items.length, streaming.batch(2, items)),
    iterTools: (items) => iterTools.asyncMap((part) => iterTools.asyncSize(part), iterTools.asyncBatch(2, items)),
    ix: (items) =>
      ixFrom(items).pipe(
        ix.buffer(2),
        ix.map((part) => part.length),
      ),
    node: (items) => Readable.from(streaming.map((part) => part.length, streaming.batch(2, items))),
  },
  take: {
    own: (stream) => stream.take(3),
    streaming: (items) => streaming.take(3, items),
    iterTools: (items) => iterTools.asyncTake(3, items),
    ix: (items) => ixFrom(items).pipe(ix.take(3)),
    node: (items) => items.take(3),
  },
  mapConcurrent: {
    own: (stream) => stream.mapConcurrent(addLater, { concurrency: 3 }),
    streaming: (items) => streaming.parallelMap(3, addLater, items),
    iterTools: (items) => iterTools.asyncMap(addLater, items),
    ix: (items) => ixFrom(items).pipe(ix.map(addLater)),
    node: (items) => items.map(addLater, { concurrency: 3 }),
  },
};

const chains = fc.array(fc.constantFrom(...Object.values(stages)), { maxLength: 5 });
const numbers = fc.array(fc.integer({ min: -9, max: 9 }), { maxLength: 20 });

async function* generate(values: readonly number[]): AsyncGenerator<number, void, undefined> {
  yield* values;
}

describe("a chain of stages", () => {
  it.each(["streaming", "iterTools", "ix", "node"] as const)("gives what the same chain of %s gives", async (peer) => {
    await fc.assert(
      fc.asyncProperty(numbers, chains, async (values, chain) => {
        const own = chain.reduce((stream, stage) => stage.own(stream), AsyncStream.from(generate(values)));
        const theirs =
          peer === "node"
            ? chain.reduce((items, stage) => stage.node(items), Readable.from(generate(values)))
            : chain.reduce<AsyncIterable<number>>((items, stage) => stage[peer](items), generate(values));
        expect(await own.collect()).toEqual(await streaming.collect(theirs as AsyncIterable<number>));
      }),
      { numRuns: 100 },
    );
  });
});

describe("windows", () => {
  it("are those of iter-tools and IxJS", async () => {
    await fc.assert(
      fc.asyncProperty(numbers, fc.integer({ min: 1, max: 5 }), async (values, size) => {
        const own = await AsyncStream.from(generate(values)).window(size).collect();
        const windows = iterTools.asyncWindow(size, generate(values));
        expect(own).toEqual(await iterTools.asyncToArray(iterTools.asyncMap((part) => [...part], windows)));

        const buffers = ixFrom(generate(values)).pipe(ix.buffer(size, 1));
        const full = (await streaming.collect(buffers)).filter(({ length }) => length === size);
        expect(own).toEqual(full);
      }),
      { numRuns: 100 },
    );
  });
});
