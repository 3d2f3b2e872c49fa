import { AsyncLocalStorage } from "node:async_hooks";
import { sleep, TaskError } from "@phasewise/runtime";
import { AsyncStream } from "@phasewise/runtime/streams";
import { fakeClock, type FakeClock } from "@phasewise/runtime/testing";
import { beforeEach, describe, expect, it } from "vitest";
import { naturals, observedSource, stalledSource } from "./observed-source.js";
import { reasonOf, turns } from "./turns.js";

let clock: FakeClock;
let running: number;
let most: number;
let aborted: number;

beforeEach(() => {
  clock = fakeClock();
  running = most = aborted = 0;
});

/** Waits for as many milliseconds as the item says, and gives it. */
async function wait(durationMs: number, signal: AbortSignal): Promise<number> {
  most = Math.max(most, ++running);
  try {
    await sleep(durationMs, { signal, clock });
    return durationMs;
  } catch (error) {
    aborted++;
    throw error;
  } finally {
    running--;
  }
}

async function advance<T>(work: Promise<T>): Promise<T> {
  await clock.advance(1_000);
  expect([clock.pending, running]).toEqual([0, 0]);
  return work;
}

describe("mapConcurrent", () => {
  it("gives results in the order of the items", async () => {
    const stream = AsyncStream.from([30, 10, 20]).mapConcurrent(wait, { concurrency: 3 });
    expect(await advance(stream.collect())).toEqual([30, 10, 20]);
    expect(most).toBe(3);
  });

  it("gives them as they are done if that is wanted", async () => {
    const stream = AsyncStream.from([30, 10, 20]).mapConcurrent(wait, { concurrency: 3, ordered: false });
    expect(await advance(stream.collect())).toEqual([10, 20, 30]);
  });

  it.each([true, false])(
    "runs as many at the same time as it may, and reads no further (ordered: %s)",
    async (ordered) => {
      const source = observedSource([10, 20, 30, 40, 50]);
      const stream = AsyncStream.from(source.items).mapConcurrent(wait, { concurrency: 2, ordered });
      const collecting = stream.collect();
      await clock.advance(5);
      expect([source.asked, running]).toEqual([2, 2]);
      expect(await advance(collecting)).toEqual([10, 20, 30, 40, 50]);
      expect(most).toBe(2);
    },
  );

  it.each([true, false])("counts results that nobody has taken yet (ordered: %s)", async (ordered) => {
    const source = observedSource(naturals());
    const iterator = AsyncStream.from(source.items)
      .mapConcurrent(async (item) => item, { concurrency: 3, ordered })
      [Symbol.asyncIterator]();
    await iterator.next();
    await turns(10);
    expect(source.asked).toBe(3);
    await iterator.next();
    await turns(10);
    expect(source.asked).toBe(4);
    await iterator.return?.();
  });

  it("takes plain values, and a concurrency of one", async () => {
    const one = AsyncStream.from([1, 2]).mapConcurrent((item) => item * 2, { concurrency: 1 });
    expect(await one.collect()).toEqual([2, 4]);
    const all = AsyncStream.from([1, 2]).mapConcurrent((item) => item * 2, { concurrency: Infinity });
    expect(await all.collect()).toEqual([2, 4]);
  });

  it.each([true, false])("pushes one result after another into a slow stage (ordered: %s)", async (ordered) => {
    let inside = 0;
    let mostInside = 0;
    const stream = AsyncStream.from([3, 2, 1]).mapConcurrent(wait, { concurrency: 3, ordered });
    const consuming = stream.forEach(async () => {
      mostInside = Math.max(mostInside, ++inside);
      await sleep(50, { clock });
      inside--;
    });
    await advance(consuming);
    expect(mostInside).toBe(1);
  });

  it("gives the batch that is not full when its tasks have ended", async () => {
    const stream = AsyncStream.from([20, 10, 5]).mapConcurrent(wait, { concurrency: 3 }).batch(2);
    expect(await advance(stream.collect())).toEqual([[20, 10], [5]]);
  });

  it("begins a task in the async context of who consumes the stream", async () => {
    const context = new AsyncLocalStorage<string>();
    const stream = AsyncStream.from([10, 20, 30]).mapConcurrent(
      async (item, signal) => `${await wait(item, signal)} ${context.getStore()}`,
      { concurrency: 1 },
    );
    const collecting = context.run("consumer", () => stream.collect());
    expect(await advance(collecting)).toEqual(["10 consumer", "20 consumer", "30 consumer"]);
  });
});

describe("a failure in mapConcurrent", () => {
  const failure = new Error("refused");
  const failAfter = (failAfterMs: number) => async (item: number, signal: AbortSignal) => {
    if (item !== failAfterMs) return wait(item, signal);
    await sleep(failAfterMs, { clock });
    throw failure;
  };

  it.each([true, false])(
    "aborts the other tasks, awaits them, and comes out at once (ordered: %s)",
    async (ordered) => {
      const stream = AsyncStream.from([500, 10, 400]).mapConcurrent(failAfter(10), { concurrency: 3, ordered });
      const failing = reasonOf(stream.collect());
      await clock.advance(10);
      expect(await failing).toBe(failure);
      expect([running, aborted, clock.pending]).toEqual([0, 2, 0]);
    },
  );

  it.each([true, false])("begins no further task (ordered: %s)", async (ordered) => {
    const begun: number[] = [];
    const stream = AsyncStream.from([1, 2, 3, 4]).mapConcurrent(
      async (item, signal) => {
        begun.push(item);
        if (item === 3) throw failure;
        return wait(500, signal);
      },
      { concurrency: 3, ordered },
    );
    expect(await advance(reasonOf(stream.collect()))).toBe(failure);
    expect(begun).toEqual([1, 2, 3]);
  });

  it("keeps the batch that is not full from the functions behind it", async () => {
    const batches: number[][] = [];
    const stream = AsyncStream.from([1, 2, 30]).mapConcurrent(failAfter(30), { concurrency: 3 }).batch(3);
    expect(await advance(reasonOf(stream.forEach((batch) => void batches.push(batch))))).toBe(failure);
    expect(batches).toEqual([]);
  });

  it("waits for a task that takes its time to end", async () => {
    let isEnded = false;
    const stream = AsyncStream.from([1, 2]).mapConcurrent(
      async (item) => {
        if (item === 1) throw failure;
        await sleep(100, { clock });
        isEnded = true;
      },
      { concurrency: 2 },
    );
    const failing = reasonOf(stream.collect()).then((reason) => [reason, isEnded]);
    await clock.advance(1_000);
    expect(await failing).toEqual([failure, true]);
  });

  it("closes a source that never answers", async () => {
    const source = stalledSource([10, 500]);
    const stream = AsyncStream.from(source.items).mapConcurrent(failAfter(10), { concurrency: 5 });
    expect(await advance(reasonOf(stream.collect()))).toBe(failure);
    expect([source.closed, aborted]).toEqual([1, 1]);
  });

  it("tells the tasks why they are aborted", async () => {
    let reason: unknown;
    const stream = AsyncStream.from([1, 2]).mapConcurrent(
      async (item, signal) => {
        signal.addEventListener("abort", () => (reason = signal.reason));
        if (item === 2) throw failure;
        return wait(500, signal);
      },
      { concurrency: 2 },
    );
    expect(await advance(reasonOf(stream.collect()))).toBe(failure);
    expect(reason).toBeInstanceOf(TaskError);
    expect(reason).toMatchObject({ code: "CANCELLED", message: "The stream has failed: refused", cause: failure });
  });

  it("is the first one if there are several", async () => {
    const stream = AsyncStream.from([20, 10, 30]).mapConcurrent(
      async (item) => {
        await sleep(item, { clock });
        throw new Error(`failure after ${item}`);
      },
      { concurrency: 3 },
    );
    expect(await advance(reasonOf(stream.collect()))).toMatchObject({ message: "failure after 10" });
  });

  it("of the consumer aborts the tasks too", async () => {
    const stream = AsyncStream.from([10, 500, 500]).mapConcurrent(wait, { concurrency: 3 });
    const failing = stream.forEach(() => {
      throw failure;
    });
    expect(await advance(reasonOf(failing))).toBe(failure);
    expect(aborted).toBe(2);
  });

  it("comes out of the loop's next turn when it happens while the loop is busy", async () => {
    const iterator = AsyncStream.from([10, 20])
      .mapConcurrent(failAfter(20), { concurrency: 2 })
      [Symbol.asyncIterator]();
    const first = iterator.next();
    await clock.advance(10);
    expect(await first).toEqual({ done: false, value: 10 });
    await clock.advance(100);
    expect(await reasonOf(iterator.next())).toBe(failure);
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
    expect(await iterator.return?.()).toEqual({ done: true, value: undefined });
  });

  it("is not lost when the loop is left before it is told", async () => {
    const iterator = AsyncStream.from([10, 20])
      .mapConcurrent(failAfter(20), { concurrency: 2 })
      [Symbol.asyncIterator]();
    const first = iterator.next();
    await clock.advance(100);
    await first;
    expect(await reasonOf(iterator.return?.() as Promise<unknown>)).toBe(failure);
  });
});

describe("an early end of mapConcurrent", () => {
  it("by take aborts and awaits the tasks whose results are not wanted", async () => {
    const stream = AsyncStream.from([10, 500, 400]).mapConcurrent(wait, { concurrency: 3, ordered: false }).take(1);
    const collecting = stream.collect();
    await clock.advance(10);
    expect(await collecting).toEqual([10]);
    expect([running, aborted]).toEqual([0, 2]);
  });

  it("does not touch the tasks behind take", async () => {
    const stream = AsyncStream.from(naturals()).take(2).mapConcurrent(wait, { concurrency: 5 });
    expect(await advance(stream.collect())).toEqual([0, 1]);
    expect(aborted).toBe(0);
  });

  it("by leaving a loop aborts and awaits the tasks", async () => {
    const leaving = (async () => {
      for await (const item of AsyncStream.from([10, 500, 400]).mapConcurrent(wait, { concurrency: 3 })) return item;
      return undefined;
    })();
    await clock.advance(10);
    expect(await leaving).toBe(10);
    expect([running, aborted]).toEqual([0, 2]);
  });

  it("by an abort rejects at once and aborts the tasks", async () => {
    const controller = new AbortController();
    const stream = AsyncStream.from([500, 400], controller).mapConcurrent(wait, { concurrency: 3 });
    const collecting = reasonOf(stream.collect());
    await clock.advance(10);
    controller.abort("enough");
    expect(await collecting).toBe("enough");
    await turns();
    expect([running, aborted]).toEqual([0, 2]);
  });

  it("tells a real failure of a task that was not wanted any more", async () => {
    const failure = new Error("the disk is full");
    const stream = AsyncStream.from([1, 2])
      .mapConcurrent(
        async (item, signal) => {
          if (item === 1) return item;
          await new Promise((resolve) => signal.addEventListener("abort", resolve));
          throw failure;
        },
        { concurrency: 2 },
      )
      .take(1);
    expect(await reasonOf(stream.collect())).toBe(failure);
  });
});
