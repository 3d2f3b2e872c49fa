import { Readable } from "node:stream";
import type { Result } from "@phasewise/runtime";
import {
  AsyncStream,
  batch,
  filter,
  flatMap,
  map,
  mapConcurrent,
  type Pipeline,
  pipeline,
  type Stage,
  take,
  window,
} from "@phasewise/runtime/streams";
import { describe, expectTypeOf, it } from "vitest";

describe("the type of a stream", () => {
  it("follows from its source", () => {
    expectTypeOf(AsyncStream.from([1])).toEqualTypeOf<AsyncStream<number>>();
    expectTypeOf(AsyncStream.from([Promise.resolve(1)])).toEqualTypeOf<AsyncStream<number>>();
    expectTypeOf(AsyncStream.from({} as AsyncIterable<number>)).toEqualTypeOf<AsyncStream<number>>();
    expectTypeOf(AsyncStream.from({} as ReadableStream<Uint8Array>)).toEqualTypeOf<AsyncStream<Uint8Array>>();
    expectTypeOf(AsyncStream.from<Buffer>({} as Readable)).toEqualTypeOf<AsyncStream<Buffer>>();
    // @ts-expect-error: a promise of a source must be awaited first.
    AsyncStream.from(Promise.resolve([1]));
  });

  it("follows from its stages", () => {
    const numbers = () => AsyncStream.from([1]);
    expectTypeOf(numbers().map(String)).toEqualTypeOf<AsyncStream<string>>();
    expectTypeOf(numbers().map(async (n) => `${n}`)).toEqualTypeOf<AsyncStream<string>>();
    expectTypeOf(numbers().filter((n) => n > 1)).toEqualTypeOf<AsyncStream<number>>();
    expectTypeOf(numbers().filter((n): n is 1 => n === 1)).toEqualTypeOf<AsyncStream<1>>();
    expectTypeOf(numbers().flatMap((n) => [`${n}`])).toEqualTypeOf<AsyncStream<string>>();
    expectTypeOf(numbers().flatMap(async (n) => new Set([n]))).toEqualTypeOf<AsyncStream<number>>();
    expectTypeOf(numbers().batch(2)).toEqualTypeOf<AsyncStream<number[]>>();
    expectTypeOf(numbers().window({ size: 2, step: 2 })).toEqualTypeOf<AsyncStream<number[]>>();
    expectTypeOf(numbers().take(2)).toEqualTypeOf<AsyncStream<number>>();
    expectTypeOf(numbers().merge([2])).toEqualTypeOf<AsyncStream<number>>();
    expectTypeOf(numbers().merge(["a"])).toEqualTypeOf<AsyncStream<number | string>>();
    expectTypeOf(numbers().mapConcurrent(async (n, signal) => [n, signal] as const, { concurrency: 2 })).toEqualTypeOf<
      AsyncStream<readonly [number, AbortSignal]>
    >();
    // @ts-expect-error: the concurrency has no default.
    numbers().mapConcurrent(String, {});
  });

  it("is that of what comes out at its ends", () => {
    const numbers = AsyncStream.from([1]);
    expectTypeOf(numbers.collect()).toEqualTypeOf<Promise<number[]>>();
    expectTypeOf(numbers.reduce((text, n) => text + n, "")).toEqualTypeOf<Promise<string>>();
    expectTypeOf(numbers.forEach(() => {})).toEqualTypeOf<Promise<void>>();
    expectTypeOf(numbers.toReadable()).toEqualTypeOf<Readable>();
    expectTypeOf(numbers[Symbol.asyncIterator]().next()).toEqualTypeOf<Promise<IteratorResult<number, undefined>>>();
  });

  it("fits where a wider one is wanted", () => {
    expectTypeOf<AsyncStream<1>>().toExtend<AsyncStream<number>>();
    expectTypeOf<AsyncStream<number>>().not.toExtend<AsyncStream<string>>();
  });
});

describe("the type of a pipeline", () => {
  it("follows from eight and from ten stages", () => {
    const eight = pipeline(
      map((line: string) => line.split(";")),
      flatMap((words) => words),
      filter((word) => word.length > 0),
      map(Number),
      window(2),
      map(([a = 0, b = 0]) => b - a),
      mapConcurrent(async (n, signal) => ({ n, isAborted: signal.aborted }), { concurrency: 2 }),
      batch(10),
    );
    expectTypeOf(eight).toEqualTypeOf<Pipeline<string, { n: number; isAborted: boolean }[]>>();
    const ten = pipeline(
      map((n: number) => `${n}`),
      map((text) => text.length),
      filter((n): n is 1 | 2 => n < 3),
      take(5),
      batch({ size: 2 }),
      flatMap((items) => items),
      map((n) => n satisfies 1 | 2),
      map(async (n) => [n]),
      map(([n]) => n),
      eightTimes,
    );
    expectTypeOf(ten).toEqualTypeOf<Pipeline<number, Date>>();
  });

  it("is that of the source and of the result", () => {
    const lengths = pipeline(
      map((text: string) => text.length),
      batch(2),
    );
    expectTypeOf(lengths.process([""])).toEqualTypeOf<Promise<Result<number[][], "STAGE_FAILED" | "SOURCE_FAILED">>>();
    expectTypeOf(lengths.stream([""])).toEqualTypeOf<AsyncStream<number[]>>();
    expectTypeOf(AsyncStream.from([""]).through(lengths)).toEqualTypeOf<AsyncStream<number[]>>();
    // @ts-expect-error: it takes strings.
    void lengths.process([1]);
    // @ts-expect-error: it takes strings.
    AsyncStream.from([1]).through(lengths);
  });

  it("fits only where the stages fit together, and says so at the stage that does not", () => {
    const isLong = filter((text: string) => text.length > 3);
    pipeline(map(String), isLong);
    // @ts-expect-error: filter takes strings, and map gives numbers.
    pipeline(map(Number), isLong);
    pipeline(
      map(String),
      isLong,
      map((text) => text.length),
      batch(2),
      flatMap((lengths) => lengths),
      take(3),
      map((length) => length),
      // @ts-expect-error: the eighth stage takes strings, and the seventh gives numbers.
      isLong,
    );
    // @ts-expect-error: a function is no stage.
    pipeline(String);
    // @ts-expect-error: there must be a stage.
    pipeline();
  });

  it("composes", () => {
    const trim: Stage<string, string> = map((text) => text.trim());
    const parse = pipeline(trim, map(Number));
    expectTypeOf(parse).toEqualTypeOf<Pipeline<string, number>>();
    expectTypeOf(pipeline(parse, batch(2))).toEqualTypeOf<Pipeline<string, number[]>>();
    // @ts-expect-error: it gives numbers, and takes strings.
    pipeline(parse, parse);
  });
});

declare const eightTimes: Stage<number | undefined, Date>;
