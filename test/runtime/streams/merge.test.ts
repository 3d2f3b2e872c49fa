import { sleep } from "@phasewise/runtime";
import { AsyncStream } from "@phasewise/runtime/streams";
import { fakeClock, type FakeClock } from "@phasewise/runtime/testing";
import { beforeEach, describe, expect, it } from "vitest";
import { naturals, observedSource, stalledSource } from "./observed-source.js";
import { reasonOf, turns } from "./turns.js";

let clock: FakeClock;

beforeEach(() => {
  clock = fakeClock();
});

async function* every(intervalMs: number, ...items: string[]): AsyncGenerator<string, void, undefined> {
  for (const item of items) {
    await sleep(intervalMs, { clock });
    yield item;
  }
}

describe("merge", () => {
  it("gives the items of all sources as they come", async () => {
    const merged = AsyncStream.from(every(10, "a", "b")).merge(every(15, "x", "y"), AsyncStream.from(every(4, "1")));
    const collecting = merged.collect();
    await clock.advance(100);
    expect(await collecting).toEqual(["1", "a", "x", "b", "y"]);
  });

  it("lets sources that always have an item take turns", async () => {
    const sources = ["a", "b", "c"].map((name) => AsyncStream.from(naturals()).map((item) => `${name}${item}`));
    const [first, ...others] = sources as [AsyncStream<string>, ...AsyncStream<string>[]];
    const items = await first
      .merge(...others)
      .take(30)
      .collect();
    // Now and then a source gives the event loop a turn, and comes a round later.
    for (const name of ["a", "b", "c"]) {
      const own = items.filter((item) => item.startsWith(name));
      expect(own).toEqual(own.map((_, index) => `${name}${index}`));
      expect(own.length).toBeGreaterThan(5);
    }
  });

  it("reads each source one item ahead at most", async () => {
    const sources = [observedSource(naturals()), observedSource(naturals())] as const;
    const iterator = AsyncStream.from(sources[0].items).merge(sources[1].items)[Symbol.asyncIterator]();
    await iterator.next();
    await turns(10);
    expect(sources.map(({ asked }) => asked)).toEqual([1, 1]);
    await iterator.return?.();
    expect(sources.map(({ closed }) => closed)).toEqual([1, 1]);
  });

  it("ends each source by itself, and gives what a stage of it holds", async () => {
    const batches = AsyncStream.from([1, 2, 3]).batch(2);
    const merged = AsyncStream.from(naturals()).take(1).batch(5).merge(batches);
    expect((await merged.collect()).toSorted()).toEqual([[0], [1, 2], [3]]);
  });

  it("passes its items through the stages behind it one after another", async () => {
    const batches = AsyncStream.from([1, 2])
      .merge([3, 4, 5])
      .map(async (item) => item)
      .batch(2);
    expect(await batches.collect()).toEqual([[1, 3], [2, 4], [5]]);
  });

  it("may be merged again", async () => {
    const merged = AsyncStream.from(["a"]).merge(AsyncStream.from([1]).merge([true]));
    expect(await merged.collect()).toEqual(["a", 1, true]);
  });

  it("of one source is that source", async () => {
    expect(await AsyncStream.from([1, 2]).merge().collect()).toEqual([1, 2]);
  });

  it("fails with the first failure, and closes the other sources, also one that never answers", async () => {
    const failure = new Error("refused");
    const sources = [observedSource(naturals()), stalledSource([])] as const;
    async function* failing(): AsyncGenerator<number> {
      await sleep(10, { clock });
      throw failure;
    }
    const consuming = AsyncStream.from(sources[0].items)
      .merge(sources[1].items, failing())
      .forEach(() => sleep(3, { clock }));
    const reason = reasonOf(consuming);
    await clock.advance(100);
    expect(await reason).toBe(failure);
    expect(sources.map(({ closed }) => closed)).toEqual([1, 1]);
  });

  it("waits until the others are closed, when one fails", async () => {
    const failure = new Error("refused");
    let isClosed = false;
    async function* slowlyClosed() {
      try {
        yield* naturals();
      } finally {
        await sleep(100, { clock });
        isClosed = true;
      }
    }
    async function* failing(): AsyncGenerator<number> {
      yield 1;
      throw failure;
    }
    const reason = reasonOf(AsyncStream.from(slowlyClosed()).merge(failing()).collect());
    const ended = reason.then((reason) => [reason, isClosed]);
    await clock.advance(1_000);
    expect(await ended).toEqual([failure, true]);
  });

  it("is refused at once for what is no source", () => {
    expect(() => AsyncStream.from([1]).merge(5 as never)).toThrow(expect.objectContaining({ code: "INVALID_SOURCE" }));
  });
});
