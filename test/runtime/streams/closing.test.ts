import { AsyncStream } from "@phasewise/runtime/streams";
import { fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { listenersOf } from "../tasks/listeners-of.js";
import { naturals, observedSource, stalledSource } from "./observed-source.js";
import { reasonOf, turns } from "./turns.js";

const failure = new Error("refused");
const fail = (): never => {
  throw failure;
};
const never = () => new Promise<never>(() => {});

/** Fails with the third item. */
const failThird = (item: number) => (item === 2 ? fail() : item);
const failThirdLater = async (item: number) => failThird(item);

type Numbers = AsyncStream<number>;

describe.each(["sync", "async"] as const)("a %s source", (kind) => {
  const exits: [string, (stream: Numbers) => Promise<unknown>][] = [
    ["take", (stream) => stream.take(3).collect()],
    ["take of nothing", (stream) => stream.take(0).collect()],
    [
      "take, with a stage that waits behind it",
      (stream) =>
        stream
          .take(3)
          .map(async (item) => item)
          .collect(),
    ],
    ["take of batches", (stream) => stream.batch(2).take(3).collect()],
    [
      "take of what tasks give",
      (stream) =>
        stream
          .mapConcurrent(async (n) => n, { concurrency: 3 })
          .take(2)
          .collect(),
    ],
    [
      "take of a merged stream",
      (stream) =>
        stream
          .merge(observedSource([1]).items)
          .take(3)
          .collect(),
    ],
    [
      "a loop that is left",
      async (stream) => {
        for await (const item of stream.map((item) => item)) if (item === 2) break;
      },
    ],
    [
      "a loop that is left, in the middle of flatMap",
      async (stream) => {
        for await (const item of stream.flatMap((item) => [item, item, item])) if (item === 2) break;
      },
    ],
    ["an iterator that was never asked", async (stream) => stream[Symbol.asyncIterator]().return?.()],
  ];
  const failures: [string, (stream: Numbers) => Promise<unknown>][] = [
    ["map", (stream) => stream.map(failThird).collect()],
    ["map with a promise", (stream) => stream.map(failThirdLater).collect()],
    ["filter", (stream) => stream.filter(fail).collect()],
    ["flatMap", (stream) => stream.flatMap(fail).collect()],
    [
      "a source within flatMap",
      (stream) =>
        stream
          .flatMap(async function* () {
            yield fail();
          })
          .collect(),
    ],
    [
      "a promise that a source within flatMap gives",
      (stream) => stream.flatMap(() => [Promise.reject(failure)]).collect(),
    ],
    ["a stage behind take", (stream) => stream.take(3).map(failThird).collect()],
    [
      "a stage that takes the last batch",
      (stream) =>
        stream
          .take(3)
          .batch(2)
          .map(([, second]) => second ?? fail())
          .collect(),
    ],
    ["a task", (stream) => stream.mapConcurrent(failThirdLater, { concurrency: 2 }).collect()],
    ["a task that throws", (stream) => stream.mapConcurrent(failThird, { concurrency: 2 }).collect()],
    [
      "a stage before tasks",
      (stream) =>
        stream
          .map(failThird)
          .mapConcurrent(async (n) => n, { concurrency: 2 })
          .collect(),
    ],
    [
      "a stage behind tasks",
      (stream) =>
        stream
          .mapConcurrent(async (n) => n, { concurrency: 2 })
          .map(failThird)
          .collect(),
    ],
    [
      "another source of a merged stream",
      (stream) =>
        stream
          .merge(
            (function* () {
              yield fail();
            })(),
          )
          .collect(),
    ],
    ["a stage behind merge", (stream) => stream.merge([1]).map(fail).collect()],
    ["forEach", (stream) => stream.forEach(failThird)],
    ["forEach with a promise", (stream) => stream.forEach(failThirdLater)],
    ["reduce", (stream) => stream.reduce(fail, 0)],
    [
      "the body of a loop",
      async (stream) => {
        for await (const item of stream) failThird(item);
      },
    ],
  ];

  it.each(exits)("is closed once at an early exit: %s", async (_name, consume) => {
    const source = observedSource(naturals(), kind);
    await consume(AsyncStream.from(source.items));
    expect(source.closed).toBe(1);
  });

  it.each(failures)("is closed once at a failure, which comes out unchanged: %s", async (_name, consume) => {
    const source = observedSource(naturals(), kind);
    expect(await reasonOf(consume(AsyncStream.from(source.items)))).toBe(failure);
    expect(source.closed).toBe(1);
  });

  it("is not closed when it has come to its end", async () => {
    const source = observedSource([1, 2], kind);
    expect(
      await AsyncStream.from(source.items)
        .map((item) => item)
        .collect(),
    ).toEqual([1, 2]);
    expect(source.closed).toBe(0);
  });

  it("is not closed when it has failed itself", async () => {
    const source = observedSource(
      (function* () {
        yield 1;
        fail();
      })(),
      kind,
    );
    expect(await reasonOf(AsyncStream.from(source.items).collect())).toBe(failure);
    expect(source.closed).toBe(0);
  });

  it("within flatMap is closed before the one around it", async () => {
    const events: string[] = [];
    function* noted(name: string) {
      try {
        yield* naturals();
      } finally {
        events.push(name);
      }
    }
    await AsyncStream.from(noted("outer"))
      .flatMap(() => noted("inner"))
      .take(2)
      .collect();
    expect(events).toEqual(["inner", "outer"]);
  });

  it("is closed once at an abort, at once, whatever is waited for", async () => {
    const waits: ((stream: Numbers) => AsyncStream<unknown>)[] = [
      (stream) => stream.map(never),
      (stream) => stream.filter(never),
      (stream) => stream.flatMap(never),
      (stream) => stream.flatMap(() => stalledSource([1]).items),
      (stream) => stream.mapConcurrent(never, { concurrency: 2 }),
      (stream) => stream.take(1).map(never),
      (stream) => stream.merge(stalledSource([]).items).map(never),
    ];
    for (const wait of waits) {
      const controller = new AbortController();
      const source = observedSource(naturals(), kind);
      const consuming = reasonOf(wait(AsyncStream.from(source.items)).collect({ signal: controller.signal }));
      await turns();
      expect(source.closed).toBe(0);
      controller.abort("enough");
      expect(await consuming).toBe("enough");
      await turns();
      expect(source.closed).toBe(1);
    }
  });
});

describe("a source that stands behind the last item", () => {
  it("is open until the item has been taken", async () => {
    const events: string[] = [];
    async function* files() {
      try {
        yield "file";
      } finally {
        events.push("closed");
      }
    }
    await AsyncStream.from(files())
      .take(1)
      .forEach(async (file) => {
        await turns();
        events.push(`${file} was read`);
      });
    expect(events).toEqual(["file was read", "closed"]);
  });
});

describe("an error while a source is closed", () => {
  const badlyClosed = () => ({
    [Symbol.iterator]: () => ({ next: () => naturals().next() as IteratorResult<number>, return: fail }),
  });

  it("rejects the stream that was left early", async () => {
    expect(await reasonOf(AsyncStream.from(badlyClosed()).take(1).collect())).toBe(failure);
    const loop = async () => {
      for await (const item of AsyncStream.from(badlyClosed())) return item;
      return undefined;
    };
    expect(await reasonOf(loop())).toBe(failure);
  });

  it("does not hide the failure for which it was closed", async () => {
    const first = new Error("first");
    const failing = AsyncStream.from(badlyClosed()).map(() => {
      throw first;
    });
    expect(await reasonOf(failing.collect())).toBe(first);
  });
});

describe("an abort", () => {
  it("is answered before anything is read when it came before", async () => {
    for (const kind of ["sync", "async"] as const) {
      const source = observedSource(naturals(), kind);
      const signal = AbortSignal.abort("enough");
      expect(await reasonOf(AsyncStream.from(source.items, { signal }).collect())).toBe("enough");
      expect(source.asked).toBe(0);
    }
    expect(await reasonOf(AsyncStream.from([1]).forEach(fail, { signal: AbortSignal.abort("enough") }))).toBe("enough");
  });

  it("ends the wait for a source that never answers, and closes it", async () => {
    const controller = new AbortController();
    const source = stalledSource([1]);
    const collecting = reasonOf(AsyncStream.from(source.items, { signal: controller.signal }).collect());
    await turns();
    controller.abort("enough");
    expect(await collecting).toBe("enough");
    await turns();
    expect(source.closed).toBe(1);
  });

  it("rejects who waits in a loop; then there are no more items", async () => {
    const controller = new AbortController();
    const iterator = AsyncStream.from(stalledSource([1]).items, { signal: controller.signal })[Symbol.asyncIterator]();
    await iterator.next();
    const waiting = reasonOf(iterator.next());
    controller.abort("enough");
    expect(await waiting).toBe("enough");
    expect(await iterator.next()).toEqual({ done: true, value: undefined });
  });

  it("is told to who asks next when nobody waits", async () => {
    const controller = new AbortController();
    const source = observedSource(naturals());
    const iterator = AsyncStream.from(source.items, { signal: controller.signal })[Symbol.asyncIterator]();
    await iterator.next();
    controller.abort("enough");
    await turns();
    expect(source.closed).toBe(1);
    expect(await reasonOf(iterator.next())).toBe("enough");
  });

  it("keeps later items from the functions, also those that were on their way", async () => {
    const controller = new AbortController();
    const seen: number[] = [];
    const collecting = AsyncStream.from([1, 2, 3])
      .map(async (item) => {
        await turns(1);
        return item;
      })
      .forEach((item) => void seen.push(item), { signal: controller.signal });
    const reason = reasonOf(collecting);
    controller.abort("enough");
    expect(await reason).toBe("enough");
    await turns(10);
    expect(seen).toEqual([]);
  });

  it("keeps a promise of the source from the functions when it fulfils later", async () => {
    const controller = new AbortController();
    let fulfil = (_item: number) => {};
    const promise = new Promise<number>((resolve) => (fulfil = resolve));
    const seen: number[] = [];
    const consuming = reasonOf(AsyncStream.from([promise]).forEach((item) => void seen.push(item), controller));
    controller.abort("enough");
    expect(await consuming).toBe("enough");
    fulfil(1);
    await turns();
    expect(seen).toEqual([]);
  });

  it("may come from the source or from a function of the stream itself", async () => {
    for (const abortAt of ["source", "function"]) {
      const controller = new AbortController();
      let closed = 0;
      const source = (function* () {
        try {
          for (const number of naturals()) {
            if (number === 2 && abortAt === "source") controller.abort("enough");
            yield number;
          }
        } finally {
          closed++;
        }
      })();
      const seen: number[] = [];
      const consuming = AsyncStream.from(source).forEach(
        (item) => {
          seen.push(item);
          if (item === 1 && abortAt === "function") controller.abort("enough");
        },
        { signal: controller.signal },
      );
      expect(await reasonOf(consuming)).toBe("enough");
      await turns();
      expect([seen, closed]).toEqual([[0, 1], 1]);
    }
  });

  it("does not close a source that fails at the same moment", async () => {
    const controller = new AbortController();
    let closed = 0;
    const source = {
      [Symbol.iterator]: () => ({
        next: (): IteratorResult<number> => {
          controller.abort("enough");
          return fail();
        },
        return: () => ({ done: true as const, value: closed++ }),
      }),
    };
    expect(await reasonOf(AsyncStream.from(source, controller).collect())).toBe("enough");
    await turns();
    expect(closed).toBe(0);
  });

  it("of any of the signals counts, also of one that came with a merged stream", async () => {
    for (const index of [0, 1, 2]) {
      const controllers = [new AbortController(), new AbortController(), new AbortController()];
      const [first, second, third] = controllers.map(({ signal }) => ({ signal }));
      const merged = AsyncStream.from(stalledSource([]).items, first).merge(AsyncStream.from([1], second));
      const consuming = reasonOf(merged.collect(third));
      await turns();
      controllers[index]?.abort(index);
      expect(await consuming).toBe(index);
    }
  });

  it("finds no listener when the stream has ended, in whichever way", async () => {
    const ways: ((stream: Numbers, controller: AbortController) => Promise<unknown>)[] = [
      (stream) => stream.take(2).collect(),
      (stream) => stream.map(failThird).collect(),
      (stream, controller) => stream.map((n) => (n === 3 ? controller.abort() : n)).collect(),
    ];
    for (const way of ways) {
      const controller = new AbortController();
      const other = new AbortController();
      const listeners = [listenersOf(controller.signal), listenersOf(other.signal)];
      const stream = AsyncStream.from(AsyncStream.from(naturals(), { signal: other.signal }), controller);
      await way(stream, controller).catch(() => {});
      await turns();
      expect(listeners.map(({ size }) => size)).toEqual([0, 0]);
    }
  });

  it("takes the listeners of other signals away, though a function never answers", async () => {
    const controller = new AbortController();
    const other = new AbortController();
    const listeners = listenersOf(other.signal);
    const stream = AsyncStream.from(naturals(), other).map(never);
    const consuming = reasonOf(stream.collect(controller));
    expect(listeners.size).toBe(1);
    controller.abort("enough");
    expect(await consuming).toBe("enough");
    expect(listeners.size).toBe(0);
  });

  it("leaves no timer", async () => {
    const clock = fakeClock();
    const controller = new AbortController();
    const stream = AsyncStream.from(stalledSource([1]).items).batch({ size: 2, maxWaitMs: 100, clock });
    const collecting = reasonOf(stream.collect({ signal: controller.signal }));
    await turns();
    expect(clock.pending).toBe(1);
    controller.abort("enough");
    expect(await collecting).toBe("enough");
    expect(clock.pending).toBe(0);
  });
});
