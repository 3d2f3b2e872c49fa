import { AsyncStream, StreamError } from "@phasewise/runtime/streams";
import { describe, expect, it } from "vitest";
import { naturals, observedSource, stalledSource } from "./observed-source.js";
import { reasonOf, turns } from "./turns.js";

const double = (number: number) => number * 2;
const isOdd = (number: number) => number % 2 === 1;
const doubleLater = async (number: number) => number * 2;
const isOddLater = async (number: number) => number % 2 === 1;

async function* generate<T>(...items: T[]): AsyncGenerator<T, void, undefined> {
  yield* items;
}

describe("the stages of a stream", () => {
  it.each([
    ["map", AsyncStream.from([1, 2]).map(double), [2, 4]],
    ["map with promises", AsyncStream.from([1, 2]).map(doubleLater), [2, 4]],
    ["filter", AsyncStream.from([1, 2, 3]).filter(isOdd), [1, 3]],
    ["filter with promises", AsyncStream.from([1, 2, 3]).filter(isOddLater), [1, 3]],
    ["flatMap of arrays", AsyncStream.from([1, 2]).flatMap((n) => [n, -n]), [1, -1, 2, -2]],
    ["flatMap of a promise of an array", AsyncStream.from([1, 2]).flatMap(async (n) => [n, -n]), [1, -1, 2, -2]],
    ["flatMap of sets", AsyncStream.from([1, 2]).flatMap((n) => new Set([n, n, -n])), [1, -1, 2, -2]],
    ["flatMap of generators", AsyncStream.from([1, 2]).flatMap((n) => generate(n, -n)), [1, -1, 2, -2]],
    ["flatMap of streams", AsyncStream.from([1, 2]).flatMap((n) => AsyncStream.from([n]).map(double)), [2, 4]],
    ["flatMap of arrays of promises", AsyncStream.from([1]).flatMap((n) => [Promise.resolve(n), n]), [1, 1]],
    ["flatMap of nothing", AsyncStream.from([1, 2]).flatMap(() => []), []],
    ["batch", AsyncStream.from([1, 2, 3]).batch(2), [[1, 2], [3]]],
    ["batch that comes out even", AsyncStream.from([1, 2]).batch(2), [[1, 2]]],
    ["batch of nothing", AsyncStream.from([]).batch(2), []],
    ["take", AsyncStream.from([1, 2, 3]).take(2), [1, 2]],
    ["take of more than there is", AsyncStream.from([1]).take(2), [1]],
    ["take of nothing", AsyncStream.from([1]).take(0), []],
    ["take of a batch that is not full", AsyncStream.from(naturals()).take(3).batch(2), [[0, 1], [2]]],
    ["take of batches", AsyncStream.from(naturals()).batch(2).take(1).batch(2), [[[0, 1]]]],
    ["take within flatMap", AsyncStream.from(naturals()).flatMap(naturals).take(2), [0, 1]],
    [
      "window",
      AsyncStream.from([1, 2, 3]).window(2),
      [
        [1, 2],
        [2, 3],
      ],
    ],
    ["window of too few", AsyncStream.from([1, 2, 3]).window(4), []],
    [
      "window with a step",
      AsyncStream.from([1, 2, 3, 4, 5]).window({ size: 3, step: 2 }),
      [
        [1, 2, 3],
        [3, 4, 5],
      ],
    ],
    ["window with gaps", AsyncStream.from([1, 2, 3, 4, 5, 6]).window({ size: 1, step: 3 }), [[1], [4]]],
    [
      "many of them",
      AsyncStream.from([1, 2, 3])
        .map(double)
        .filter(() => true)
        .map(doubleLater)
        .batch(2),
      [[4, 8], [12]],
    ],
  ])("%s", async (_name, stream: AsyncStream<unknown>, expected) => {
    expect(await stream.collect()).toEqual(expected);
  });

  it("take their functions without a receiver and with the item only", async () => {
    const calls: unknown[][] = [];
    const note = function (this: unknown, ...items: unknown[]) {
      calls.push([this, ...items]);
      return true;
    };
    await AsyncStream.from([1]).map(note).filter(note).forEach(note);
    expect(calls).toEqual([
      [undefined, 1],
      [undefined, true],
      [undefined, true],
    ]);
  });

  it("give windows and batches that are theirs to change", async () => {
    const windows = await AsyncStream.from([1, 2, 3])
      .window(2)
      .map((items) => items.splice(0))
      .collect();
    expect(windows).toEqual([
      [1, 2],
      [2, 3],
    ]);
  });
});

describe("the sources of a stream", () => {
  it.each([
    ["an array", [1, 2]],
    ["a set", new Set([1, 2])],
    [
      "a generator",
      (function* () {
        yield* [1, 2];
      })(),
    ],
    ["an async generator", generate(1, 2)],
    ["an array of promises", [Promise.resolve(1), 2]],
    ["a stream", AsyncStream.from([1, 2])],
    ["an array with an iterator of its own", Object.assign([0], { [Symbol.iterator]: () => [1, 2].values() })],
  ])("may be %s", async (_name, source) => {
    expect(await AsyncStream.from<number>(source).collect()).toEqual([1, 2]);
  });

  it("may have holes, as arrays have", async () => {
    const sparse: number[] = [];
    sparse[1] = 1;
    expect(await AsyncStream.from(sparse).collect()).toEqual([undefined, 1]);
  });

  it.each([undefined, null, 5, {}, () => [], Promise.resolve([])])("must not be %s", (source) => {
    expect(() => AsyncStream.from(source as never)).toThrow(expect.objectContaining({ code: "INVALID_SOURCE" }));
  });

  it("are not read before the stream is consumed", async () => {
    const source = observedSource([1, 2]);
    const stream = AsyncStream.from(source.items).map(double).batch(2);
    await turns();
    expect(source.asked).toBe(0);
    expect(await stream.collect()).toEqual([[2, 4]]);
  });
});

describe("the ends of a stream", () => {
  it("reduce it to a value, also with promises", async () => {
    expect(await AsyncStream.from([1, 2, 3]).reduce((sum, number) => sum + number, 0)).toBe(6);
    expect(await AsyncStream.from([1, 2, 3]).reduce(async (sum, number) => sum + number, 0)).toBe(6);
    expect(await AsyncStream.from<number>([]).reduce((sum, number) => sum + number, 7)).toBe(7);
  });

  it("call a function for each item, one after another", async () => {
    const events: string[] = [];
    await AsyncStream.from(["a", "b"]).forEach(async (item) => {
      events.push(`${item} begins`);
      await turns(1);
      events.push(`${item} ends`);
    });
    expect(events).toEqual(["a begins", "a ends", "b begins", "b ends"]);
  });

  it("give items to a loop", async () => {
    const items: number[] = [];
    for await (const item of AsyncStream.from([1, 2, 3]).map(double)) items.push(item);
    expect(items).toEqual([2, 4, 6]);
  });

  it("answer who asks for several items at once, in order, and then that there are no more", async () => {
    const iterator = AsyncStream.from(generate(1, 2))[Symbol.asyncIterator]();
    const steps = await Promise.all([iterator.next(), iterator.next(), iterator.next(), iterator.next()]);
    const done = { done: true, value: undefined };
    expect(steps).toEqual([{ done: false, value: 1 }, { done: false, value: 2 }, done, done]);
    expect(await iterator.next()).toEqual(done);
  });

  it("may be asked and left by a function of the stream itself", async () => {
    const source = observedSource(naturals(), "sync");
    const asked: Promise<unknown>[] = [];
    const iterator: AsyncIterator<number> = AsyncStream.from(source.items)
      .map((item) => {
        if (item === 0) asked.push(iterator.next());
        if (item === 1) asked.push(iterator.return!());
        return item;
      })
      [Symbol.asyncIterator]();
    expect(await iterator.next()).toEqual({ done: false, value: 0 });
    expect(await Promise.all(asked)).toEqual([
      { done: false, value: 1 },
      { done: true, value: undefined },
    ]);
    expect([source.asked, source.closed]).toEqual([2, 1]);
  });

  it("read one item for each that a loop asks for", async () => {
    const source = observedSource(naturals());
    const iterator = AsyncStream.from(source.items).map(doubleLater)[Symbol.asyncIterator]();
    await iterator.next();
    await iterator.next();
    await turns();
    expect(source.asked).toBe(2);
    await iterator.return?.();
    expect(source.closed).toBe(1);
  });

  it("give the items of an endless inner source one by one", async () => {
    const inner = observedSource(naturals(), "sync");
    const iterator = AsyncStream.from([0])
      .flatMap(() => inner.items)
      [Symbol.asyncIterator]();
    await iterator.next();
    await iterator.next();
    await turns();
    expect([inner.asked, inner.closed]).toEqual([2, 0]);
    await iterator.return?.();
    expect([inner.asked, inner.closed]).toEqual([2, 1]);
  });
});

describe("a used-up stream", () => {
  const uses: Record<string, (stream: AsyncStream<number>) => unknown> = {
    map: (stream) => stream.map(double),
    filter: (stream) => stream.filter(isOdd),
    flatMap: (stream) => stream.flatMap((item) => [item]),
    batch: (stream) => stream.batch(2),
    take: (stream) => stream.take(2),
    window: (stream) => stream.window(2),
    mapConcurrent: (stream) => stream.mapConcurrent(double, { concurrency: 2 }),
    merge: (stream) => stream.merge([1]),
    "merge, as another source": (stream) => AsyncStream.from([1]).merge(stream),
    "AsyncStream.from": (stream) => AsyncStream.from(stream),
    toReadable: (stream) => stream.toReadable(),
    "for await": (stream) => stream[Symbol.asyncIterator](),
  };
  const ends: Record<string, (stream: AsyncStream<number>) => Promise<unknown>> = {
    reduce: (stream) => stream.reduce((sum, number) => sum + number, 0),
    collect: (stream) => stream.collect(),
    forEach: (stream) => stream.forEach(double),
  };

  it.each(Object.entries(uses))("cannot be used again by %s, which says so at once", (_name, use) => {
    const stream = AsyncStream.from([1, 2]);
    use(stream);
    expect(() => use(stream)).toThrow(expect.objectContaining({ name: "StreamError", code: "STREAM_USED" }));
  });

  it.each(Object.entries(ends))("cannot be used again by %s", async (_name, end) => {
    const stream = AsyncStream.from([1, 2]);
    await end(stream);
    const error = await reasonOf(end(stream));
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({ code: "STREAM_USED" });
  });
});

describe("wrong use of a stream", () => {
  const stream = () => AsyncStream.from([1, 2, 3]);

  it.each([
    ["batch(0)", () => stream().batch(0)],
    ["batch of a negative size", () => stream().batch({ size: -1 })],
    ["batch with a negative wait", () => stream().batch({ size: 1, maxWaitMs: -1 })],
    ["take of a negative number", () => stream().take(-1)],
    ["take of a half", () => stream().take(0.5)],
    ["window(0)", () => stream().window(0)],
    ["window with step 0", () => stream().window({ size: 1, step: 0 })],
    ["mapConcurrent with concurrency 0", () => stream().mapConcurrent(double, { concurrency: 0 })],
  ])("%s is refused at once", (_name, use) => {
    expect(use).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
  });

  it.each([
    ["map", () => stream().map(Promise.resolve(1) as never)],
    ["filter", () => stream().filter(undefined as never)],
    ["flatMap", () => stream().flatMap([1] as never)],
    ["mapConcurrent", () => stream().mapConcurrent("f" as never, { concurrency: 1 })],
  ])("%s without a function is refused at once", (_name, use) => {
    expect(use).toThrow(expect.objectContaining({ code: "NOT_A_FUNCTION" }));
  });

  it("ends without a function reject, and leave the stream unread", async () => {
    const source = observedSource([1]);
    expect(await reasonOf(AsyncStream.from(source.items).forEach(1 as never))).toMatchObject({
      code: "NOT_A_FUNCTION",
    });
    expect(await reasonOf(AsyncStream.from(source.items).reduce({} as never, 0))).toMatchObject({
      code: "NOT_A_FUNCTION",
    });
    expect(source.asked).toBe(0);
  });

  it("is told with the remedy", () => {
    const used = stream();
    used.map(double);
    expect(() => used.batch(2)).toThrow(
      "batch: this stream is used up: it was consumed, or another stream was made of it. " +
        "Make a new one with AsyncStream.from, or a pipeline, which can be run many times.",
    );
    expect(() => AsyncStream.from(Promise.resolve([1]) as never)).toThrow(
      "AsyncStream.from takes an iterable, an async iterable, a Node Readable or a web ReadableStream, not a promise. " +
        "Await the promise.",
    );
    expect(() => stream().map(5 as never)).toThrow("map takes a function, not 5: write map((item) => …).");
  });

  it("does not hold for the largest and the smallest that is right", async () => {
    expect(await stream().take(Infinity).batch(Infinity).collect()).toEqual([[1, 2, 3]]);
    expect(await stream().take(0).batch(1).collect()).toEqual([]);
    expect(await stream().window({ size: 1, step: 1 }).collect()).toEqual([[1], [2], [3]]);
  });

  it("fails the stream when flatMap is given no source", async () => {
    const error = await reasonOf(
      AsyncStream.from([1])
        .flatMap(() => 5 as never)
        .collect(),
    );
    expect(error).toMatchObject({ code: "INVALID_SOURCE" });
  });
});

describe("a stream that never waits", () => {
  it("lets the event loop turn", async () => {
    const controller = new AbortController();
    setImmediate(() => controller.abort("enough"));
    const stream = AsyncStream.from(naturals(), { signal: controller.signal });
    expect(await reasonOf(stream.forEach(() => {}))).toBe("enough");
  });

  it("lets it turn within flatMap, and when the source gives promises that are settled", async () => {
    for (const source of [
      AsyncStream.from([0]).flatMap(naturals),
      AsyncStream.from(observedSource(naturals()).items),
    ]) {
      const controller = new AbortController();
      setImmediate(() => controller.abort("enough"));
      expect(await reasonOf(source.forEach(() => {}, { signal: controller.signal }))).toBe("enough");
    }
  });

  it("lets it turn after few items when they are slow", async () => {
    const controller = new AbortController();
    setImmediate(() => controller.abort("enough"));
    let seen = 0;
    const spin = () => {
      seen++;
      for (const begunMs = performance.now(); performance.now() - begunMs < 2;);
    };
    expect(await reasonOf(AsyncStream.from(naturals(), controller).forEach(spin))).toBe("enough");
    expect(seen).toBeLessThan(16);
  });

  it("lets it turn over a large array", async () => {
    const controller = new AbortController();
    setImmediate(() => controller.abort("enough"));
    const spin = () => void Array.from({ length: 1_000 }).fill(0);
    const spinning = AsyncStream.from(Array.from({ length: 1e6 }).fill(0)).forEach(spin, { signal: controller.signal });
    expect(await reasonOf(spinning)).toBe("enough");
  });
});

describe("a stalled source", () => {
  it("is closed when a loop is left by somebody who asked for more", async () => {
    const source = stalledSource([1]);
    const iterator = AsyncStream.from(source.items)[Symbol.asyncIterator]();
    await iterator.next();
    const waiting = iterator.next();
    await iterator.return?.();
    expect(await waiting).toEqual({ done: true, value: undefined });
    expect(source.closed).toBe(1);
  });
});
