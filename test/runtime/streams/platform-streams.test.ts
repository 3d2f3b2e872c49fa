import { AsyncLocalStorage } from "node:async_hooks";
import { once } from "node:events";
import { PassThrough, Readable, Writable } from "node:stream";
import { pipeline as pipe } from "node:stream/promises";
import { AsyncStream } from "@phasewise/runtime/streams";
import { describe, expect, it } from "vitest";
import { naturals, observedSource, stalledSource } from "./observed-source.js";
import { reasonOf, turns } from "./turns.js";

const failure = new Error("refused");
const fail = (): never => {
  throw failure;
};

describe("a Node stream as a source", () => {
  it("gives its chunks", async () => {
    expect(
      await AsyncStream.from<number>(Readable.from([1, 2, 3]))
        .map((item) => item * 2)
        .collect(),
    ).toEqual([2, 4, 6]);
  });

  it.each([
    ["taken early", (stream: AsyncStream<number>) => stream.take(2).collect()],
    ["not taken at all", (stream: AsyncStream<number>) => stream.take(0).collect()],
    ["failed upon", (stream: AsyncStream<number>) => stream.map(fail).collect()],
  ])("is destroyed when it is %s", async (_name, consume) => {
    const readable = Readable.from(naturals());
    await consume(AsyncStream.from<number>(readable)).catch(() => {});
    expect(readable.destroyed).toBe(true);
  });

  it("is destroyed at an abort, though it gives nothing", async () => {
    const controller = new AbortController();
    const readable = new PassThrough();
    const consuming = reasonOf(AsyncStream.from(readable, controller).collect());
    await turns();
    controller.abort("enough");
    expect(await consuming).toBe("enough");
    await turns();
    expect(readable.destroyed).toBe(true);
  });

  it("fails the stream with its error", async () => {
    const readable = new Readable({ read: () => void readable.destroy(failure) });
    expect(await reasonOf(AsyncStream.from(readable).collect())).toBe(failure);
  });
});

describe("a web stream as a source", () => {
  const webStream = (calls: unknown[] = []) => {
    let number = 0;
    return new ReadableStream<number>(
      { pull: (controller) => controller.enqueue(number++), cancel: () => void calls.push("cancel") },
      { highWaterMark: 0 },
    );
  };

  it("gives its chunks, and is unlocked at its end", async () => {
    const stream = new Response("some text").body!;
    const chunks = await AsyncStream.from(stream).collect();
    expect(Buffer.concat(chunks).toString()).toBe("some text");
    expect(stream.locked).toBe(false);
  });

  it.each([
    ["taken early", (stream: AsyncStream<number>) => stream.take(2).collect()],
    ["failed upon", (stream: AsyncStream<number>) => stream.map(fail).collect()],
  ])("is cancelled and unlocked when it is %s", async (_name, consume) => {
    const calls: unknown[] = [];
    const stream = webStream(calls);
    await consume(AsyncStream.from(stream)).catch(() => {});
    expect([calls, stream.locked]).toEqual([["cancel"], false]);
  });

  it("is cancelled and unlocked at an abort, though it gives nothing", async () => {
    const calls: unknown[] = [];
    const controller = new AbortController();
    const stream = new ReadableStream<number>({ cancel: () => void calls.push("cancel") });
    const consuming = reasonOf(AsyncStream.from(stream, controller).collect());
    await turns();
    controller.abort("enough");
    expect(await consuming).toBe("enough");
    await turns();
    expect([calls, stream.locked]).toEqual([["cancel"], false]);
  });

  it("fails the stream with its error, and is unlocked", async () => {
    const stream = new ReadableStream<number>({ pull: (controller) => controller.error(failure) });
    expect(await reasonOf(AsyncStream.from(stream).collect())).toBe(failure);
    expect(stream.locked).toBe(false);
  });

  it("rejects the stream when somebody else has locked it", async () => {
    const stream = webStream();
    stream.getReader();
    expect(await reasonOf(AsyncStream.from(stream).collect())).toBeInstanceOf(TypeError);
  });
});

describe("toReadable", () => {
  it("gives the items as they are", async () => {
    const readable = AsyncStream.from([{ id: 1 }, { id: 2 }]).toReadable();
    expect(readable.readableObjectMode).toBe(true);
    expect(await readable.toArray()).toEqual([{ id: 1 }, { id: 2 }]);
  });

  it("may be piped into a stream of bytes when the items are texts or buffers", async () => {
    const chunks: Buffer[] = [];
    const bytes = new Writable({
      write(chunk: Buffer, _encoding, done) {
        chunks.push(chunk);
        done();
      },
    });
    await pipe(AsyncStream.from(["some ", Buffer.from("text")]).toReadable(), bytes);
    expect(Buffer.concat(chunks).toString()).toBe("some text");
  });

  it("reads no further than one item ahead", async () => {
    const source = observedSource(naturals());
    const readable = AsyncStream.from(source.items).toReadable();
    await once(readable, "readable");
    await turns(10);
    expect(source.asked).toBeLessThanOrEqual(2);
    readable.destroy();
  });

  it("closes the source when it is destroyed", async () => {
    for (const source of [observedSource(naturals()), stalledSource([1])]) {
      const readable = AsyncStream.from(source.items).toReadable();
      await once(readable, "readable");
      readable.destroy();
      await once(readable, "close");
      expect(source.closed).toBe(1);
    }
  });

  it("tells a failure by its error event, and an abort as well", async () => {
    const failing = AsyncStream.from([1]).map(fail).toReadable().resume();
    expect(await once(failing, "error")).toEqual([failure]);

    const controller = new AbortController();
    const reason = new Error("enough");
    const aborted = AsyncStream.from(stalledSource([1]).items)
      .toReadable(controller)
      .resume();
    const error = once(aborted, "error");
    await turns();
    controller.abort(reason);
    expect(await error).toEqual([reason]);
  });

  it("runs the stream in the async context of who made it", async () => {
    const context = new AsyncLocalStorage<string>();
    const stream = AsyncStream.from([1]).map(() => context.getStore());
    const readable = context.run("maker", () => stream.toReadable());
    expect(await context.run("reader", () => readable.toArray())).toEqual(["maker"]);
  });
});
