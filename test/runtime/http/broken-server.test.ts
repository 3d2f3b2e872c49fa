import { type AddressInfo, createServer, type Socket } from "node:net";
import { HttpClient } from "@phasewise/runtime/http";
import { expectFailure, expectSuccess } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import { startServer, until } from "./test-server.js";

/** A server that answers each connection in its own way, after the first bytes of a request. */
async function startRaw(answer: (socket: Socket) => void) {
  const sockets = new Set<Socket>();
  const server = createServer((socket) => {
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
    socket.once("data", () => answer(socket));
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    sockets,
    async [Symbol.asyncDispose]() {
      for (const socket of sockets) socket.destroy();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

describe("a connection that fails", () => {
  it.each<[string, (socket: Socket) => void]>([
    ["is reset before the answer", (socket) => socket.resetAndDestroy()],
    ["is closed before the answer", (socket) => socket.end()],
    ["is closed within the headers", (socket) => socket.end("HTTP/1.1 200 OK\r\nx-a: ")],
    ["is closed within the body", (socket) => socket.end("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{")],
    [
      "is reset within the body",
      (socket) => socket.write("HTTP/1.1 200 OK\r\ncontent-length: 9\r\n\r\n{", reset(socket)),
    ],
    ["is closed within a chunk", (socket) => socket.end("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n9\r\n{")],
    [
      "has a chunk without a size",
      (socket) => socket.end("HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\nz\r\n{"),
    ],
    ["does not speak HTTP", (socket) => socket.end("220 mail.example ESMTP\r\n")],
    ["has headers without end", (socket) => socket.end(`HTTP/1.1 200 OK\r\nx-a: ${"a".repeat(100_000)}`)],
    [
      "switches the protocol unasked",
      (socket) => socket.end("HTTP/1.1 101 Go\r\nupgrade: x\r\nconnection: upgrade\r\n\r\n"),
    ],
  ])("because it %s is a Failure", async (_, answer) => {
    await using server = await startRaw(answer);
    await using client = new HttpClient({ retry: false });
    const error = expectFailure(await client.get(`${server.url}/a`), "CONNECTION_FAILED");
    expect(error.message).toContain(`GET ${server.url}/a got no answer, because the connection failed (`);
    expect(error.cause).toBeInstanceOf(Error);
    await until(() => server.sockets.size === 0);
  });

  it("because nobody listens is a Failure with the code of the system", async () => {
    const server = await startServer(() => {});
    await server[Symbol.asyncDispose]();
    await using client = new HttpClient({ retry: false });
    const error = expectFailure(await client.get(server.url), "CONNECTION_FAILED");
    expect(error.message).toContain("ECONNREFUSED");
    expect(error.cause).toMatchObject({ code: "ECONNREFUSED" });
  });

  it("does not hinder the next request", async () => {
    let requests = 0;
    await using server = await startServer((_, response) => {
      if (++requests === 1) response.destroy();
      else response.end("{}");
    });
    await using client = new HttpClient({ retry: false, maxConnections: 1 });
    expectFailure(await client.get(server.url), "CONNECTION_FAILED");
    expectSuccess(await client.get(server.url));
  });
});

describe("an unusual but sound answer", () => {
  it("byte by byte is read to its end", async () => {
    const bytes = [...'HTTP/1.1 200 OK\r\ncontent-length: 13\r\n\r\n{"cents":125}'];
    await using server = await startRaw((socket) => {
      socket.setNoDelay(true);
      const writeNext = () => {
        const byte = bytes.shift();
        if (byte !== undefined) socket.write(byte, () => setImmediate(writeNext));
      };
      writeNext();
    });
    await using client = new HttpClient();
    expect(expectSuccess(await client.get(server.url)).body).toEqual({ cents: 125 });
  });

  it("with early hints before it is taken", async () => {
    await using server = await startServer((_, response) => {
      response.writeEarlyHints({ link: "</a.css>; rel=preload" });
      response.end('"late"');
    });
    await using client = new HttpClient();
    expect(expectSuccess(await client.get(server.url))).toMatchObject({ status: 200, body: "late" });
  });

  it("that ends with its connection is taken", async () => {
    await using server = await startRaw((socket) => socket.end('HTTP/1.1 200 OK\r\n\r\n"whole"'));
    await using client = new HttpClient();
    expect(expectSuccess(await client.get(server.url)).body).toBe("whole");
  });
});

describe("a body that is too large", () => {
  it.each([
    ["says so in content-length", { "content-length": "1001" }],
    ["does not tell its size", {}],
  ])("and %s is a Failure, and costs its connection", async (_, headers) => {
    await using server = await startServer((__, response) => response.writeHead(200, headers).write("x".repeat(1_001)));
    await using client = new HttpClient({ maxResponseBytes: 1_000 });
    const error = expectFailure(await client.get(server.url), "RESPONSE_TOO_LARGE");
    expect(error.details).toMatchObject({ maxBytes: 1_000 });
    await until(() => server.open === 0);
    expect(server.received).toHaveLength(1);
  });

  it("is refused before it arrives when its size is told", async () => {
    await using server = await startServer((_, response) => {
      response.writeHead(200, { "content-length": "1001" }).flushHeaders();
    });
    await using client = new HttpClient();
    expectFailure(await client.get(server.url, { maxResponseBytes: 1_000 }), "RESPONSE_TOO_LARGE");
  });

  it("has one byte more than one that is not", async () => {
    await using server = await startServer((_, response) => response.end("x".repeat(1_000)));
    await using client = new HttpClient();
    const read = (maxResponseBytes: number) => client.get(server.url, { as: "text", maxResponseBytes });
    expect(expectSuccess(await read(1_000)).body).toHaveLength(1_000);
    expectFailure(await read(999), "RESPONSE_TOO_LARGE");
  });

  it("without end is a Failure with the default limit", async () => {
    await using server = await startServer((_, response) => {
      const write = () => {
        while (!response.destroyed && response.write("x".repeat(65_536)));
      };
      response.on("drain", write);
      write();
    });
    await using client = new HttpClient();
    const error = expectFailure(await client.get(server.url), "RESPONSE_TOO_LARGE");
    expect(error.details).toMatchObject({ maxBytes: 10_485_760 });
  });
});

function reset(socket: Socket) {
  return () => socket.resetAndDestroy();
}
