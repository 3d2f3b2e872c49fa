import { PassThrough, Readable } from "node:stream";
import { AsyncStream } from "@phasewise/runtime/streams";
import { from as ixFrom, merge as ixMerge } from "ix/asynciterable";
import * as ix from "ix/asynciterable/operators";
import * as iterTools from "iter-tools";
import * as streaming from "streaming-iterables";
import { describe, expect, it } from "vitest";
import { naturals, observedSource, stalledSource } from "./observed-source.js";
import { reasonOf, turns } from "./turns.js";

/*
 * Where other libraries let go of a source, of work or of a signal, and this one does not. Each case asserts both.
 */

const failure = new Error("refused");
const pass = async (item: number) => item;
const failThird = async (item: number) => {
  if (item === 2) throw failure;
  return item;
};

/** Leaves a loop after so many items. */
async function leave(items: AsyncIterable<unknown>, after: number): Promise<void> {
  let seen = 0;
  for await (const _ of items) if (++seen === after) return;
}

/** Waits for the work for some turns of the event loop. */
async function isSettled(work: Promise<unknown>): Promise<boolean> {
  let settled = false;
  const settle = () => void (settled = true);
  work.then(settle, settle);
  await turns(10);
  return settled;
}

describe("the source of concurrent tasks", () => {
  type MapConcurrent = (items: AsyncIterable<number>, fn: (item: number) => Promise<number>) => AsyncIterable<number>;
  const peers: [string, MapConcurrent][] = [
    ["streaming-iterables' parallelMap", (items, fn) => streaming.parallelMap(2, fn, items)],
    ["streaming-iterables' transform", (items, fn) => streaming.transform(2, fn, items)],
  ];
  const own: MapConcurrent = (items, fn) => AsyncStream.from(items).mapConcurrent(fn, { concurrency: 2 });

  it.each(peers)("is left open by %s when a task fails; ours closes it", async (_name, theirs) => {
    const closed = async (run: MapConcurrent) => {
      const source = observedSource(naturals());
      expect(await reasonOf(leave(run(source.items, failThird), Infinity))).toBe(failure);
      await turns(10);
      return source.closed;
    };
    expect(await closed(theirs)).toBe(0);
    expect(await closed(own)).toBe(1);
  });

  it.each(peers)("is left open by %s when the loop is left; ours closes it", async (_name, theirs) => {
    const closed = async (run: MapConcurrent) => {
      const source = observedSource(naturals());
      await leave(run(source.items, pass), 2);
      await turns(10);
      return source.closed;
    };
    expect(await closed(theirs)).toBe(0);
    expect(await closed(own)).toBe(1);
  });

  it("is read by parallelMap further than its concurrency; ours reads as many as may run", async () => {
    const asked = async (run: MapConcurrent) => {
      const source = observedSource(naturals());
      await run(source.items, pass)[Symbol.asyncIterator]().next();
      await turns(10);
      return source.asked;
    };
    expect(await asked((items, fn) => streaming.parallelMap(2, fn, items))).toBe(3);
    expect(await asked(own)).toBe(2);
  });

  it("is read by Node's map further than its concurrency; ours reads as many as may run", async () => {
    const source = observedSource(naturals());
    const iterator = Readable.from(source.items).map(pass, { concurrency: 1 })[Symbol.asyncIterator]();
    await iterator.next();
    await turns(10);
    expect(source.asked).toBeGreaterThan(1);
    await iterator.return?.();

    const ours = observedSource(naturals());
    const stream = AsyncStream.from(ours.items).mapConcurrent(pass, { concurrency: 1 });
    await stream[Symbol.asyncIterator]().next();
    await turns(10);
    expect(ours.asked).toBe(1);
  });
});

describe("tasks in flight when one fails", () => {
  it("are still running when IxJS rejects; ours are aborted and awaited", async () => {
    let running = 0;
    const task = async (item: number, signal?: AbortSignal) => {
      running++;
      try {
        if (item === 1) throw failure;
        await new Promise((_, reject) => signal?.addEventListener("abort", () => reject(signal.reason as Error)));
        return [item];
      } finally {
        running--;
      }
    };
    const theirs = ixFrom(observedSource([0, 1, 2]).items).pipe(ix.flatMap((item: number) => task(item), 3));
    expect(await reasonOf(leave(theirs, Infinity))).toBe(failure);
    await turns(10);
    expect(running).toBeGreaterThan(0);

    running = 0;
    const ours = AsyncStream.from(observedSource([0, 1, 2]).items).mapConcurrent(task, { concurrency: 3 });
    expect(await reasonOf(ours.collect())).toBe(failure);
    expect(running).toBe(0);
  });
});

describe("merged sources", () => {
  type Merge = (first: AsyncIterable<number>, second: AsyncIterable<number>) => AsyncIterable<number>;
  const peers: [string, Merge][] = [
    ["streaming-iterables' merge", (first, second) => streaming.merge(first, second)],
    ["streaming-iterables' parallelMerge", (first, second) => streaming.parallelMerge(first, second)],
    ["IxJS' merge", (first, second) => ixMerge(first, second)],
    ["iter-tools' asyncInterleaveReady", (first, second) => iterTools.asyncInterleaveReady(first, second)],
  ];
  const own: Merge = (first, second) => AsyncStream.from(first).merge(second);

  it.each(peers)("are left open by %s when the loop is left; ours closes both", async (_name, theirs) => {
    const closed = async (merge: Merge) => {
      const sources = [observedSource(naturals()), observedSource(naturals())] as const;
      await leave(merge(sources[0].items, sources[1].items), 3);
      await turns(10);
      return sources.map((source) => source.closed);
    };
    expect(await closed(theirs)).toEqual([0, 0]);
    expect(await closed(own)).toEqual([1, 1]);
  });

  it("are left open by parallelMerge when one fails, and IxJS hides the failure while the other has items", async () => {
    const outcome = async (merge: Merge) => {
      const source = observedSource(naturals());
      const failing = AsyncStream.from(naturals()).map(failThird);
      const leaving = leave(merge(source.items, failing), 1_000).then(() => "1,000 items");
      const end = await leaving.catch((error: unknown) => error);
      return [end, source.closed];
    };
    expect(await outcome(streaming.parallelMerge)).toEqual([failure, 0]);
    expect(await outcome(ixMerge)).toEqual(["1,000 items", 0]);
    expect(await outcome(own)).toEqual([failure, 1]);
  });
});

describe("a batch with a time limit", () => {
  it("leaves the source open with streaming-iterables when the loop is left; ours closes it", async () => {
    const theirs = observedSource(naturals());
    await leave(streaming.batchWithTimeout(2, 1_000, theirs.items), 1);
    await turns(10);
    expect(theirs.closed).toBe(0);

    const ours = observedSource(naturals());
    await leave(AsyncStream.from(ours.items).batch({ size: 2, maxWaitMs: 1_000 }), 1);
    expect(ours.closed).toBe(1);
  });
});

describe("an abort while the source does not answer", () => {
  it("is not heard by IxJS, nor by a loop over a Node stream's helpers; ours rejects and closes the source", async () => {
    const abort = async (consume: (items: AsyncIterable<number>, signal: AbortSignal) => Promise<unknown>) => {
      const controller = new AbortController();
      const source = stalledSource([1]);
      const consuming = consume(source.items, controller.signal);
      await turns();
      controller.abort(failure);
      return [await isSettled(consuming), source.closed];
    };
    expect(await abort((items, signal) => leave(ixFrom(items).pipe(ix.withAbort(signal)), Infinity))).toEqual([
      false,
      0,
    ]);
    expect(await abort((items, signal) => Readable.from(items).map(pass, { signal }).toArray({ signal }))).toEqual([
      false,
      0,
    ]);
    expect(await abort((items, signal) => AsyncStream.from(items).map(pass).collect({ signal }))).toEqual([true, 1]);
  });
});

describe("a Node stream that gives nothing", () => {
  it("holds up a loop of an async generator that is closed; ours destroys it", async () => {
    const byHand = async function* (items: AsyncIterable<unknown>) {
      for await (const item of items) yield item;
    };
    const theirs = new PassThrough();
    const generator = byHand(theirs);
    const waiting = reasonOf(generator.next());
    expect([await isSettled(generator.return(undefined)), theirs.destroyed]).toEqual([false, false]);

    const ours = new PassThrough();
    const iterator = AsyncStream.from(ours)[Symbol.asyncIterator]();
    void iterator.next();
    expect([await isSettled(iterator.return!()), ours.destroyed]).toEqual([true, true]);
    theirs.destroy();
    expect(await waiting).toMatchObject({ code: "ERR_STREAM_PREMATURE_CLOSE" });
  });
});

describe("an item that is null", () => {
  it("is an error in Node's stream helpers; ours takes it for an item", async () => {
    const toNull = () => null;
    expect(await reasonOf(Readable.from([1]).map(toNull).toArray())).toMatchObject({ code: "ERR_STREAM_NULL_VALUES" });
    expect(await AsyncStream.from([1]).map(toNull).collect()).toEqual([null]);
  });
});
