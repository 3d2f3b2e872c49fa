import { once } from "node:events";
import { createServer, type RequestListener } from "node:http";
import type { AddressInfo } from "node:net";

/** A web site on this machine, so that an example needs no network. */
export interface LocalSite extends AsyncDisposable {
  readonly url: string;
}

/** Serves at a free port until it is disposed. */
export async function openLocalSite(listener: RequestListener): Promise<LocalSite> {
  const server = createServer(listener).listen(0, "127.0.0.1");
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
