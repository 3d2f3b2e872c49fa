import { once } from "node:events";
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";

/** A web site on this machine, so that an example needs no network. */
export interface LocalSite extends AsyncDisposable {
  readonly url: string;
}

/** Answers a request. When it rejects, the connection is closed without an answer. */
export type Answer = (request: IncomingMessage, response: ServerResponse) => void | Promise<void>;

/** Serves at a free port until it is disposed. */
export async function openLocalSite(answer: Answer): Promise<LocalSite> {
  const server = createServer((request, response) => {
    Promise.resolve(answer(request, response)).catch((error: Error) => response.destroy(error));
  }).listen(0, "127.0.0.1");
  await once(server, "listening");
  return {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
    async [Symbol.asyncDispose]() {
      server.close();
      server.closeAllConnections();
      await once(server, "close");
    },
  };
}
