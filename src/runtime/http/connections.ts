import { Socket } from "node:net";
import { Agent, buildConnector, type Dispatcher } from "undici";
import type { Clock } from "../tasks/clock.js";
import type { Scope } from "../tasks/scope.js";
import { Semaphore } from "../tasks/semaphore.js";

export interface ConnectionOptions {
  /** For each origin. */
  readonly maxConnections: number;
  /** How long a connection may take until it is open. */
  readonly connectTimeoutMs: number;
  readonly clock: Clock;
}

/**
 * The connections of a client. Requests wait for them here, because undici opens one for a waiting request even when
 * nobody wants that any more. All of undici's time limits are off but the one for idle connections: that of a request is
 * the client's, and so is the one for a connection that does not come about, which no request can end.
 */
export class Connections {
  readonly #options: ConnectionOptions;
  readonly #agent: Agent;
  readonly #places = new Map<string, Semaphore>();
  readonly #opening = new Set<Socket>();

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#agent = new Agent({
      connections: Number.isFinite(options.maxConnections) ? options.maxConnections : null,
      headersTimeout: 0,
      bodyTimeout: 0,
      connect: this.#createConnector(),
    });
  }

  /** Waits until a request to the origin may be dispatched. The function that it gives is to be called when that is done. */
  async enter(origin: string, scope: Scope): Promise<() => void> {
    const { maxConnections } = this.#options;
    const places = this.#places.get(origin) ?? new Semaphore(maxConnections);
    this.#places.set(origin, places);
    const place = places.tryAcquire() ?? (await places.acquire({ signal: scope.signal }));
    return () => {
      place.release();
      if (places.free === maxConnections) this.#places.delete(origin);
    };
  }

  dispatch(options: Dispatcher.DispatchOptions, handler: Dispatcher.DispatchHandler): void {
    this.#agent.dispatch(options, handler);
  }

  async destroy(): Promise<void> {
    for (const socket of this.#opening) socket.destroy(new Error("the client was closed"));
    await this.#agent.destroy();
  }

  #createConnector(): buildConnector.connector {
    const { connectTimeoutMs, clock } = this.#options;
    const connect = buildConnector({ timeout: 0 });
    return (options, callback) => {
      // undici's connector gives the socket, though its type does not say so.
      const socket: unknown = connect(options, (...outcome) => {
        cancelTimer();
        if (socket instanceof Socket) this.#opening.delete(socket);
        callback(...outcome);
      });
      const cancelTimer = clock.schedule(() => {
        if (socket instanceof Socket) socket.destroy(new Error(`no connection after ${connectTimeoutMs} ms`));
      }, connectTimeoutMs);
      if (socket instanceof Socket) this.#opening.add(socket);
    };
  }
}
