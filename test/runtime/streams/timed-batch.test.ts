import { AsyncLocalStorage } from "node:async_hooks";
import { sleep } from "@phasewise/runtime";
import { AsyncStream, batch, pipeline } from "@phasewise/runtime/streams";
import { fakeClock, type FakeClock } from "@phasewise/runtime/testing";
import { beforeEach, describe, expect, it } from "vitest";
import { stalledSource } from "./observed-source.js";
import { reasonOf } from "./turns.js";

let clock: FakeClock;
let taken: [atMs: number, items: number[]][];

beforeEach(() => {
  clock = fakeClock();
  taken = [];
});

/** Gives 1, 2, 3, …, each after so many milliseconds. */
async function* after(...waitsMs: number[]): AsyncGenerator<number, void, undefined> {
  for (const [index, waitMs] of waitsMs.entries()) {
    await sleep(waitMs, { clock });
    yield index + 1;
  }
}

const note = (items: number[]) => void taken.push([clock.now(), items]);

async function advance(consuming: Promise<unknown>): Promise<void> {
  await clock.advance(10_000);
  await consuming;
  expect(clock.pending).toBe(0);
}

describe("a batch with maxWaitMs", () => {
  it("is given on when it is full, and else when its first item has waited", async () => {
    const stream = AsyncStream.from(after(10, 10, 10, 200, 10)).batch({ size: 2, maxWaitMs: 100, clock });
    await advance(stream.forEach(note));
    expect(taken).toEqual([
      [20, [1, 2]],
      [130, [3]],
      [240, [4, 5]],
    ]);
  });

  it("is given on at the end without waiting", async () => {
    const stream = AsyncStream.from(after(10, 10, 10)).batch({ size: 2, maxWaitMs: 100, clock });
    await advance(stream.forEach(note));
    expect(taken).toEqual([
      [20, [1, 2]],
      [30, [3]],
    ]);
  });

  it("grows while the one before it is being taken, up to its size, and the source waits then", async () => {
    const source = stalledSource([1, 2, 3, 4, 5, 6, 7]);
    const stream = AsyncStream.from(source.items).batch({ size: 3, maxWaitMs: 10, clock });
    const controller = new AbortController();
    const consuming = stream.forEach(async (items) => {
      note(items);
      await sleep(100, { clock });
    }, controller);
    const reason = reasonOf(consuming);
    await clock.advance(50);
    expect([taken, source.asked]).toEqual([[[0, [1, 2, 3]]], 3]);
    await clock.advance(500);
    expect(taken).toEqual([
      [0, [1, 2, 3]],
      [100, [4, 5, 6]],
      [210, [7]],
    ]);
    controller.abort();
    await reason;
  });

  it("is one batch at a time, however long the last one takes", async () => {
    const stream = AsyncStream.from(after(10, 30, 10, 30, 10, 500)).batch({ size: 10, maxWaitMs: 20, clock });
    await advance(
      stream.forEach(async (items) => {
        note(items);
        await sleep(100, { clock });
      }),
    );
    expect(taken).toEqual([
      [30, [1]],
      [130, [2, 3, 4, 5]],
      [590, [6]],
    ]);
  });

  it("goes by the clock of who consumes the stream", async () => {
    const stream = AsyncStream.from(after(10, 200)).batch({ size: 2, maxWaitMs: 100 });
    await advance(clock.run(() => stream.forEach(note)));
    expect(taken).toEqual([
      [110, [1]],
      [210, [2]],
    ]);
  });

  it("is given on in the async context of who consumes the stream", async () => {
    const context = new AsyncLocalStorage<string>();
    const contexts: unknown[] = [];
    const stream = AsyncStream.from(after(10, 200)).batch({ size: 2, maxWaitMs: 100, clock });
    await advance(context.run("consumer", () => stream.forEach(() => void contexts.push(context.getStore()))));
    expect(contexts).toEqual(["consumer", "consumer"]);
  });

  it("ends the stream when the stage behind it fails, though the source does not answer", async () => {
    const failure = new Error("refused");
    const source = stalledSource([1]);
    const stream = AsyncStream.from(source.items).batch({ size: 2, maxWaitMs: 100, clock });
    const reason = reasonOf(
      stream.forEach(() => {
        throw failure;
      }),
    );
    await clock.advance(100);
    expect(await reason).toBe(failure);
    expect([source.closed, clock.pending]).toEqual([1, 0]);
  });

  it("is taken before the stages behind it end", async () => {
    async function* slowlyEnding() {
      yield* after(10);
      await sleep(50, { clock });
    }
    const stream = AsyncStream.from(slowlyEnding()).batch({ size: 2, maxWaitMs: 5, clock });
    const slow = stream.map(async (items) => {
      await sleep(100, { clock });
      return items;
    });
    await advance(slow.batch(5).forEach((batches) => void taken.push([clock.now(), batches.flat()])));
    expect(taken).toEqual([[115, [1]]]);
  });

  it("is not given on after an abort, though it was full", async () => {
    const controller = new AbortController();
    const stream = AsyncStream.from(after(10, 20, 0)).batch({ size: 2, maxWaitMs: 5, clock });
    const consuming = stream.forEach(async (items) => {
      note(items);
      await sleep(100, { clock });
    }, controller);
    const reason = reasonOf(consuming);
    await clock.advance(50);
    controller.abort("enough");
    expect(await reason).toBe("enough");
    await clock.advance(1_000);
    expect(taken).toEqual([[15, [1]]]);
  });

  it("leaves no timer when it is taken early, and when a loop is left", async () => {
    const stream = AsyncStream.from(after(10, 10, 10, 10)).batch({ size: 3, maxWaitMs: 15, clock });
    await advance(stream.take(1).forEach(note));
    expect(taken).toEqual([[25, [1, 2]]]);

    const leaving = (async () => {
      const batches = AsyncStream.from(after(10, 10, 10, 10)).batch({ size: 3, maxWaitMs: 15, clock });
      for await (const items of batches) return items;
      return undefined;
    })();
    await advance(leaving);
  });

  it("is its own in each run of a pipeline", async () => {
    const batches = pipeline(batch<number>({ size: 2, maxWaitMs: 100, clock }));
    const both = Promise.all([batches.process(after(10, 200)), batches.process(after(20, 10))]);
    await advance(both);
    expect((await both).map((result) => result.success && result.data)).toEqual([[[1], [2]], [[1, 2]]]);
  });
});
