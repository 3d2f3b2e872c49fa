import { pipeline } from "node:stream/promises";
import { Writable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { HttpClient, HttpError } from "@phasewise/runtime/http";
import { expectFailure, expectSuccess, fakeClock } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { startServer, textOf, until } from "./test-server.js";

/** Writes as fast as it is read, without end. Counts the bytes. */
async function startEndless() {
  let bytes = 0;
  const piece = Buffer.alloc(65_536);
  const server = await startServer((_, response) => {
    const write = () => {
      do bytes += piece.length;
      while (!response.destroyed && response.write(piece));
    };
    response.on("drain", write);
    write();
  });
  return { server, bytes: () => bytes, [Symbol.asyncDispose]: () => server[Symbol.asyncDispose]() };
}

const startsAndStalls = () => startServer((_, response) => void response.write("begun"));

describe("a streamed body", () => {
  it("is an async iterable of bytes, and frees its connection at its end", async () => {
    await using server = await startServer((_, response) => {
      response.write("ab");
      response.end("c");
    });
    await using client = new HttpClient({ maxConnections: 1 });
    for (let count = 0; count < 3; count++) {
      const { status, body } = expectSuccess(await client.get(server.url, { as: "stream" }));
      expect(status).toBe(200);
      expect(await textOf(body)).toBe("abc");
    }
    expect(server.accepted).toBe(1);
  });

  it("comes when the headers do", async () => {
    await using server = await startsAndStalls();
    await using client = new HttpClient();
    await using body = expectSuccess(await client.get(server.url, { as: "stream" })).body;
    for await (const chunk of body) {
      expect(String(chunk)).toBe("begun");
      break;
    }
  });

  it("works with the streams of Node", async () => {
    await using server = await startServer((_, response) => response.end("x".repeat(300_000)));
    await using client = new HttpClient();
    const { body } = expectSuccess(await client.get(server.url, { as: "stream" }));
    let bytes = 0;
    const sink = new Writable({
      write(chunk: Buffer, _, done) {
        bytes += chunk.length;
        setImmediate(done);
      },
    });
    await pipeline(body, sink);
    expect(bytes).toBe(300_000);
  });

  it("is not read ahead of the one who reads", async () => {
    await using endless = await startEndless();
    await using client = new HttpClient({ maxResponseBytes: Infinity });
    await using body = expectSuccess(await client.get(endless.server.url, { as: "stream" })).body;
    await until(() => body.readableLength > 0);
    let before = -1;
    while (before !== endless.bytes()) {
      before = endless.bytes();
      for (let turn = 0; turn < 200; turn++) await nextTurn();
    }
    expect(body.readableLength).toBeLessThan(300_000);
    let read = 0;
    for await (const chunk of body) {
      read += (chunk as Buffer).length;
      if (read > before) break;
    }
    expect(endless.bytes()).toBeGreaterThan(before);
  });

  it.each<[string, (body: AsyncIterable<unknown> & AsyncDisposable & { destroy(): unknown }) => unknown]>([
    ["disposed of unread", (body) => body[Symbol.asyncDispose]()],
    ["destroyed unread", (body) => body.destroy()],
    [
      "left in the middle",
      async (body) => {
        for await (const _ of body) break;
      },
    ],
  ])("that is %s closes its connection", async (_, leave) => {
    await using endless = await startEndless();
    await using client = new HttpClient({ maxConnections: 1 });
    const { body } = expectSuccess(await client.get(endless.server.url, { as: "stream" }));
    await leave(body);
    await until(() => endless.server.open === 0);
    const next = expectSuccess(await client.get(endless.server.url, { as: "stream" }));
    await next.body[Symbol.asyncDispose]();
  });

  it("of another status is a Failure, as always", async () => {
    await using server = await startServer((_, response) => response.writeHead(404).end("none"));
    await using client = new HttpClient();
    const error = expectFailure(await client.get(server.url, { as: "stream" }), "HTTP_STATUS");
    expect(error.details).toMatchObject({ body: "none" });
  });

  it("may be empty", async () => {
    await using server = await startServer((_, response) => response.writeHead(204).end());
    await using client = new HttpClient();
    expect(await textOf(expectSuccess(await client.get(server.url, { as: "stream" })).body)).toBe("");
    expect(await textOf(expectSuccess(await client.request("HEAD", server.url, { as: "stream" })).body)).toBe("");
  });
});

describe("reading a streamed body rejects", () => {
  it("when it is too large, and says so", async () => {
    await using endless = await startEndless();
    await using client = new HttpClient({ maxResponseBytes: 100_000 });
    const { body } = expectSuccess(await client.get(endless.server.url, { as: "stream" }));
    const error = await textOf(body).catch((thrown: unknown) => thrown);
    expect(error).toBeInstanceOf(HttpError);
    expect(error).toMatchObject({ code: "RESPONSE_TOO_LARGE" });
    await until(() => endless.server.open === 0);
  });

  it("when the connection fails, and not before anybody reads", async () => {
    let response!: { destroy(): unknown };
    await using server = await startServer((_, answering) => {
      answering.write("begun");
      response = answering;
    });
    await using client = new HttpClient();
    const { body } = expectSuccess(await client.get(server.url, { as: "stream" }));
    response.destroy();
    await until(() => body.destroyed);
    await expect(textOf(body)).rejects.toMatchObject({ code: "CONNECTION_FAILED" });
    await body[Symbol.asyncDispose]();
  });

  it("when the server stalls: for as long as the time limit nothing came that there was room for", async () => {
    await using server = await startsAndStalls();
    const clock = fakeClock();
    await using client = new HttpClient({ clock, timeoutMs: 1_000 });
    const { body } = expectSuccess(await client.get(server.url, { as: "stream" }));
    const chunks = body[Symbol.asyncIterator]();
    expect(String((await chunks.next()).value)).toBe("begun");
    const reading = chunks.next().catch((error: unknown) => error);
    await until(() => clock.pending === 1);
    await clock.advance(999);
    expect(body.destroyed).toBe(false);
    await clock.advance(1);
    expect(await reading).toMatchObject({ code: "TIMED_OUT" });
    expect(clock.pending).toBe(0);
    await until(() => server.open === 0);
  });

  it("not when the one who reads is slow: what has arrived waits for any time", async () => {
    let end!: () => void;
    await using server = await startServer((_, response) => {
      response.write("whole");
      end = () => response.end();
    });
    const clock = fakeClock();
    await using client = new HttpClient({ clock, timeoutMs: 1_000 });
    const { body } = expectSuccess(await client.get(server.url, { as: "stream" }));
    body.read(0);
    await until(() => body.readableLength === 5 && clock.pending === 1);
    end();
    await until(() => clock.pending === 0);
    await clock.advance(60_000);
    expect(await textOf(body)).toBe("whole");
  });

  it("with the reason of the signal, at once", async () => {
    await using server = await startsAndStalls();
    const clock = fakeClock();
    await using client = new HttpClient({ clock });
    const controller = new AbortController();
    const { body } = expectSuccess(await client.get(server.url, { as: "stream", signal: controller.signal }));
    const reading = textOf(body);
    const reason = new Error("enough");
    controller.abort(reason);
    await expect(reading).rejects.toBe(reason);
    expect(clock.pending).toBe(0);
    await until(() => server.open === 0);
  });
});
