import { once } from "node:events";
import { type AddressInfo, connect, createServer, type Server, type Socket } from "node:net";

/** What happens to the bytes between a client and its server. */
type Fault = "none" | "cut" | "drop";

/**
 * Stands between a client and a real server, so that a test can take the server away without ending it: the connections
 * are real ones, and so is what happens to them.
 */
export class FaultProxy implements AsyncDisposable {
  readonly #target: { readonly host: string; readonly port: number };
  readonly #server: Server;
  readonly #sockets = new Set<Socket>();
  readonly #timers = new Set<NodeJS.Timeout>();
  #fault: Fault = "none";
  #delayMs = 0;
  /** How many connections clients have opened so far; those that were refused count too. */
  connections = 0;

  private constructor(target: { host: string; port: number }) {
    this.#target = target;
    this.#server = createServer((client) => this.#accept(client));
  }

  /** Opens a proxy on a free port of 127.0.0.1, in front of the server of this URL. */
  static async open(url: string, defaultPort?: number): Promise<FaultProxy> {
    const { hostname, port } = new URL(url);
    const proxy = new FaultProxy({ host: hostname, port: Number(port || defaultPort) });
    proxy.#server.listen(0, "127.0.0.1");
    await once(proxy.#server, "listening");
    return proxy;
  }

  get port(): number {
    return (this.#server.address() as AddressInfo).port;
  }

  /** The URL of the server with the proxy in its place. */
  through(url: string): string {
    const proxied = new URL(url);
    proxied.hostname = "127.0.0.1";
    proxied.port = String(this.port);
    return proxied.href;
  }

  /** Resets all connections, and every new one at once: the server is gone. */
  cut(): void {
    this.#fault = "cut";
    for (const socket of this.#sockets) socket.resetAndDestroy();
  }

  /** Swallows all bytes, in both directions: the connections stay, and nobody answers. */
  drop(): void {
    this.#fault = "drop";
  }

  /** Lets every piece of data take this much longer, in milliseconds. */
  delay(delayMs: number): void {
    this.#delayMs = delayMs;
  }

  /** The server is back. A connection from which bytes were swallowed is no good any more, and is reset. */
  restore(): void {
    if (this.#fault === "drop") for (const socket of this.#sockets) socket.resetAndDestroy();
    this.#fault = "none";
    this.#delayMs = 0;
  }

  async [Symbol.asyncDispose](): Promise<void> {
    for (const timer of this.#timers) clearTimeout(timer);
    for (const socket of this.#sockets) socket.destroy();
    this.#server.close();
    await once(this.#server, "close");
  }

  #accept(client: Socket): void {
    this.connections++;
    if (this.#fault === "cut") {
      client.on("error", () => {}).resetAndDestroy();
      return;
    }
    const server = connect(this.#target);
    this.#join(client, server);
    this.#join(server, client);
  }

  #join(from: Socket, to: Socket): void {
    this.#sockets.add(from);
    from.on("data", (data) => this.#forward(() => to.writable && to.write(data)));
    from.on("end", () => this.#forward(() => to.writable && to.end()));
    from.on("error", () => {});
    from.on("close", () => {
      this.#sockets.delete(from);
      to.destroy();
    });
  }

  #forward(send: () => void): void {
    if (this.#fault === "drop") return;
    if (this.#delayMs === 0) return send();
    const timer = setTimeout(() => {
      this.#timers.delete(timer);
      if (this.#fault !== "drop") send();
    }, this.#delayMs);
    this.#timers.add(timer);
  }
}
