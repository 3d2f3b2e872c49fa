import { createServer, type IncomingHttpHeaders, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo, Socket } from "node:net";
import { setImmediate as nextTurn } from "node:timers/promises";

/** A request as it came to the server. */
export interface Received {
  readonly method: string;
  readonly url: string;
  readonly headers: IncomingHttpHeaders;
}

/** A server of this machine, at a free port. */
export interface TestServer extends AsyncDisposable {
  /** Without a slash at its end. */
  readonly url: string;
  /** In the order of their arrival. */
  readonly received: readonly Received[];
  /** How many connections it was ever asked for. */
  readonly accepted: number;
  /** How many connections are open now. */
  readonly open: number;
}

/** Answers a request. When it rejects, the connection breaks. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => unknown;

export async function startServer(answer: Answer): Promise<TestServer> {
  const received: Received[] = [];
  const sockets = new Set<Socket>();
  let accepted = 0;
  const server = createServer((request, response) => {
    const { method = "", url = "", headers } = request;
    received.push({ method, url, headers });
    Promise.resolve(answer(request, response)).catch((error: Error) => response.destroy(error));
  });
  server.keepAliveTimeout = 0;
  server.on("connection", (socket) => {
    accepted++;
    sockets.add(socket);
    socket.on("error", () => {}).on("close", () => sockets.delete(socket));
  });
  await new Promise<void>((resolve) => void server.listen(0, "127.0.0.1", resolve));
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    received,
    get accepted() {
      return accepted;
    },
    get open() {
      return sockets.size;
    },
    async [Symbol.asyncDispose]() {
      const closed = new Promise((resolve) => server.close(resolve));
      server.closeAllConnections();
      await closed;
    },
  };
}

/** The body of a request, as text. */
export async function textOf(request: AsyncIterable<Buffer>): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  return Buffer.concat(chunks).toString();
}

/** Waits, turn by turn of the event loop, until it is so. */
export async function until(isSo: () => boolean): Promise<void> {
  while (!isSo()) await nextTurn();
}
