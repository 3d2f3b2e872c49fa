import { TaskError } from "@phasewise/runtime";
import {
  AsyncStream,
  batch,
  filter,
  flatMap,
  map,
  mapConcurrent,
  pipeline,
  StageError,
  StreamError,
  take,
  window,
} from "@phasewise/runtime/streams";
import { describe, expect, it } from "vitest";
import { naturals, observedSource, stalledSource } from "./observed-source.js";
import { reasonOf, turns } from "./turns.js";

const failure = new Error("no such order");
const double = (number: number) => number * 2;
const isPaid = (number: number): boolean => {
  if (number === 4) throw failure;
  return true;
};

describe("a pipeline", () => {
  const pairs = pipeline(
    map(double),
    filter((number) => number !== 4),
    batch(2),
  );

  it("gives what comes out of its stages as a Result", async () => {
    expect(await pairs.process([1, 2, 3, 4])).toEqual({ success: true, data: [[2, 6], [8]] });
  });

  it("gives it as a stream", async () => {
    expect(
      await pairs
        .stream([1, 2, 3, 4])
        .map(({ length }) => length)
        .collect(),
    ).toEqual([2, 1]);
  });

  it("can be run many times, also at once", async () => {
    const runs = [pairs.process([1, 3, 4]), pairs.process(observedSource([5, 6]).items), pairs.stream([7]).collect()];
    expect(await Promise.all(runs)).toMatchObject([{ data: [[2, 6], [8]] }, { data: [[10, 12]] }, [[14]]]);
    expect(await pairs.process([1])).toMatchObject({ data: [[2]] });
  });

  it("has every stage that a stream has", async () => {
    const all = pipeline(
      flatMap((n: number) => [n, n + 1]),
      window(2),
      mapConcurrent(([a = 0, b = 0]) => a + b, { concurrency: 2 }),
      take(3),
    );
    expect(await all.process(naturals())).toEqual({ success: true, data: [1, 2, 3] });
  });

  it("is a stage, of a pipeline and of a stream", async () => {
    const outer = pipeline(
      pairs,
      map(([first = 0]) => first),
      pipeline(map(String)),
    );
    expect(await outer.process([1, 2, 3])).toEqual({ success: true, data: ["2"] });
    expect(await AsyncStream.from([1]).through(outer).collect()).toEqual(["2"]);
    expect(outer.stages).toEqual(["map double", "filter", "batch", "map", "map String"]);
  });

  it("may be of one stage", async () => {
    expect(await pipeline(map(double)).process([1])).toEqual({ success: true, data: [2] });
  });

  it("closes the source when it has enough, and when it fails", async () => {
    for (const stages of [pipeline(take<number>(2)), pipeline(map(isPaid))]) {
      const source = observedSource([0, 2, 4, 6, 8]);
      await stages.process(source.items);
      expect(source.closed).toBe(1);
    }
  });
});

describe("a failing stage", () => {
  it("names itself, by its place and its function", async () => {
    const orders = pipeline(map(double), filter(isPaid), batch(2));
    expect(await orders.process([1, 2, 3])).toEqual({
      success: false,
      error: {
        code: "STAGE_FAILED",
        message: "Stage 2 (filter isPaid) failed: no such order",
        details: { stage: "filter isPaid", index: 1 },
        cause: failure,
      },
    });
    const error = await reasonOf(orders.stream([1, 2, 3]).collect());
    expect(error).toBeInstanceOf(StageError);
    expect(error).toBeInstanceOf(StreamError);
    expect(error).toMatchObject({
      code: "STAGE_FAILED",
      message: "Stage 2 (filter isPaid) failed: no such order",
      stage: "filter isPaid",
      index: 1,
      cause: failure,
    });
  });

  const fail = (): never => {
    throw failure;
  };
  const failLater = async () => fail();
  const identity = map((item: number) => item);
  it.each([
    ["map fail", pipeline(identity, map(fail))],
    ["map failLater", pipeline(identity, map(failLater))],
    ["filter fail", pipeline(identity, filter(fail))],
    ["filter failLater", pipeline(identity, filter(failLater))],
    ["flatMap fail", pipeline(identity, flatMap(fail))],
    ["flatMap failLater", pipeline(identity, flatMap(failLater))],
    [
      "flatMap",
      pipeline(
        identity,
        flatMap(() => [Promise.reject<number>(failure)]),
      ),
    ],
    [
      "flatMap",
      pipeline(
        identity,
        flatMap(function* () {
          yield fail();
        }),
      ),
    ],
    [
      "flatMap",
      pipeline(
        identity,
        flatMap(() => AsyncStream.from([1]).map(fail)),
      ),
    ],
    ["mapConcurrent fail", pipeline(identity, mapConcurrent(fail, { concurrency: 2 }))],
    ["mapConcurrent failLater", pipeline(identity, mapConcurrent(failLater, { concurrency: 2, ordered: false }))],
  ])("is told as %s", async (stage, stages) => {
    const result = await stages.process([1, 2]);
    expect(result).toMatchObject({ error: { code: "STAGE_FAILED", details: { stage, index: 1 }, cause: failure } });
    expect(await pipeline(stages, batch(1)).process([1, 2])).toEqual(result);
  });

  it("is told when flatMap gives a source that cannot be opened", async () => {
    const locked = new ReadableStream<number>();
    locked.getReader();
    const result = await pipeline(flatMap(() => locked)).process([1]);
    expect(result).toMatchObject({ error: { code: "STAGE_FAILED", details: { stage: "flatMap", index: 0 } } });
  });

  it("is told when flatMap gives no source", async () => {
    const result = await pipeline(flatMap(() => 5 as never)).process([1]);
    expect(result).toMatchObject({ error: { code: "STAGE_FAILED", cause: { code: "INVALID_SOURCE" } } });
  });

  it("is not blamed for the source, for the end of a stream, or for another stage", async () => {
    const stages = pipeline(
      map(double),
      flatMap((n) => [n]),
      filter(() => true),
    );
    expect(await reasonOf(stages.stream([1]).forEach(fail))).toBe(failure);
    expect(await reasonOf(stages.stream([1]).map(fail).collect())).toBe(failure);
    expect(await reasonOf(stages.stream([Promise.reject<number>(failure)]).collect())).toBe(failure);
  });
});

describe("process", () => {
  it("tells the failure of the source as such", async () => {
    const source = observedSource(
      (function* () {
        yield 1;
        throw failure;
      })(),
    );
    expect(await pipeline(map(double)).process(source.items)).toEqual({
      success: false,
      error: { code: "SOURCE_FAILED", message: "The source failed: no such order", cause: failure },
    });
  });

  it("rejects at once with the reason of its signal", async () => {
    const controller = new AbortController();
    const source = stalledSource([1]);
    const processing = reasonOf(pipeline(map(double)).process(source.items, controller));
    await turns();
    controller.abort(new TaskError("TIMED_OUT", "too late"));
    expect(await processing).toBe(controller.signal.reason);
    await turns();
    expect(source.closed).toBe(1);
  });

  it("rejects what is no source, and a stream that is used up", async () => {
    const used = AsyncStream.from([1]);
    await used.collect();
    expect(await reasonOf(pipeline(map(double)).process(used))).toMatchObject({ code: "STREAM_USED" });
    expect(await reasonOf(pipeline(map(double)).process(5 as never))).toMatchObject({ code: "INVALID_SOURCE" });
  });
});

describe("wrong use of pipelines and stages", () => {
  it("is refused at once", () => {
    expect(() => pipeline(map(double), double as never)).toThrow(
      "pipeline takes a stage made by map, filter, flatMap, batch, take, window, mapConcurrent or pipeline, " +
        "not a function. Write map(fn) for a function.",
    );
    expect(() => (pipeline as () => unknown)()).toThrow(expect.objectContaining({ code: "INVALID_STAGE" }));
    expect(() => pipeline(map(double), undefined as never)).toThrow(expect.objectContaining({ code: "INVALID_STAGE" }));
    expect(() => AsyncStream.from([1]).through(double as never)).toThrow(
      expect.objectContaining({ code: "INVALID_STAGE" }),
    );
    expect(() => map(5 as never)).toThrow(expect.objectContaining({ code: "NOT_A_FUNCTION" }));
    expect(() => batch(0)).toThrow(expect.objectContaining({ code: "INVALID_OPTION" }));
    expect(() => mapConcurrent(double, { concurrency: 1.5 })).toThrow(
      expect.objectContaining({ code: "INVALID_OPTION" }),
    );
  });
});
