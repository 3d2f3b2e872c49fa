import { type CodeOf, type DataOf, Result } from "../results/result.js";
import { toResult } from "../results/to-result.js";
import { notAFunction, requireDuration } from "../tasks/errors.js";
import type { Settled } from "../tasks/settle-all.js";
import { tracedWait } from "../tasks/traced-wait.js";
import type { SpanAttributes } from "../tasks/tracing.js";
import { withAbort } from "../tasks/with-abort.js";
import { withTimeLimit } from "../tasks/with-timeout.js";
import { type AcquireFailureCode, closeTimedOut, poolClosed, ResourceError } from "./errors.js";
import type { Member } from "./idle-stack.js";
import { type Lease, PoolLease } from "./lease.js";
import { type CallPlace, LeaseWatch, locate } from "./lease-watch.js";
import { createPoolSettings, type PoolSettings, type PoolStats, type ResourcePoolOptions } from "./pool-options.js";
import { Stock } from "./stock.js";

/** What `acquire`, `use` and `start` of a pool take. */
export interface AcquireOptions {
  /** Ends the waiting: the call rejects at once with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
}

/** What `close` of a pool takes. */
export interface CloseOptions extends AcquireOptions {
  /** How long the call waits, in milliseconds; until all is destroyed by default. */
  readonly timeoutMs?: number | undefined;
}

/** The Result that `pool.use` gives for work of this type: the work's own if it gives one, or what it gives as data. */
export type Used<T> = Result<DataOf<Settled<T>>, CodeOf<T> | AcquireFailureCode>;

/**
 * Lends resources that are dear to make, such as connections: never more than `max`, each to one user at a time. Who has
 * waited longest is served first. Creations run at the same time, and what they wait for holds up nobody else.
 *
 * `create`, `validate` and `destroy` run in the async context in which the pool was made.
 *
 * @throws TaskError `INVALID_OPTION`
 *
 * @example
 * ```ts
 * import { connect } from "node:net";
 * import { once } from "node:events";
 * import { ResourcePool } from "@phasewise/runtime/resources";
 *
 * await using pool = new ResourcePool({
 *   max: 10,
 *   async create(signal) {
 *     const socket = connect(6379);
 *     await once(socket, "connect", { signal });
 *     return socket;
 *   },
 *   validate: (socket) => socket.writable,
 *   destroy: (socket) => socket.destroy(),
 * });
 *
 * await using lease = await pool.acquire();
 * lease.resource.write("PING\r\n");
 * ```
 */
export class ResourcePool<T> implements AsyncDisposable {
  readonly #settings: PoolSettings<T>;
  readonly #stock: Stock<T>;
  readonly #watch: LeaseWatch | undefined;
  readonly #attributes: SpanAttributes;
  #closed: Promise<void> | undefined;

  constructor(options: ResourcePoolOptions<T>) {
    this.#settings = createPoolSettings(options);
    this.#stock = new Stock(this.#settings);
    const { leakWarningMs, clock, logger, name } = this.#settings;
    this.#attributes = name === undefined ? {} : { "phasewise.pool": name };
    if (leakWarningMs !== undefined) this.#watch = new LeaseWatch({ leakWarningMs, clock, logger });
  }

  /** The state of the pool at this moment. */
  get stats(): PoolStats {
    return this.#stock.stats;
  }

  /**
   * Creates what is missing to `min`, and resolves when it is there. Without this, the first `acquire` that finds nothing
   * idle begins that.
   *
   * @throws ResourceError `CREATE_FAILED`, `POOL_CLOSED`; the reason of the `signal`.
   */
  async start({ signal }: AcquireOptions = {}): Promise<void> {
    this.#requireOpen();
    signal?.throwIfAborted();
    const started = new Promise<void>((resolve, reject) => {
      this.#stock.fill(reject);
      void this.#stock.settleCreations().then(resolve);
    });
    await (signal ? withAbort(started, signal) : started);
    this.#requireOpen();
  }

  /**
   * Lends a resource: one that is idle and valid, or a new one, or the first that comes back.
   *
   * @throws ResourceError `ACQUIRE_TIMED_OUT`, `CREATE_FAILED`, `POOL_CLOSED`; the reason of the `signal`.
   */
  acquire({ signal }: AcquireOptions = {}): Promise<Lease<T>> {
    return this.#acquire(signal, this.acquire);
  }

  /**
   * Runs the work with a resource, and releases it when the work has settled; the signal ends the waiting for the resource,
   * not the work. Gives a Result: that of the work, or one with what the work gives. What the work throws passes through;
   * its resource is validated before it is used again, or destroyed if the pool has no `validate`.
   *
   * @returns `ACQUIRE_TIMED_OUT`, `CREATE_FAILED` or `POOL_CLOSED` when there was no resource; the codes of the work.
   * @throws TaskError `NOT_A_FUNCTION`; the reason of the `signal`.
   */
  async use<R>(work: (resource: T) => R | PromiseLike<R>, { signal }: AcquireOptions = {}): Promise<Used<R>> {
    if (typeof work !== "function") throw notAFunction("pool.use", work);
    let lease: Lease<T>;
    try {
      lease = await this.#acquire(signal, this.use);
    } catch (error) {
      if (!(error instanceof ResourceError) || error === signal?.reason) throw error;
      return Result.error(error.code, error.message, { cause: error.cause }) as Used<R>;
    }
    try {
      return toResult(await work(lease.resource)) as Used<R>;
    } catch (error) {
      if (!this.#settings.validate) void lease.destroy();
      throw error;
    } finally {
      lease.release();
    }
  }

  /**
   * Ends the pool. Waiting acquires are rejected, creations aborted; it resolves when all leases have been released and all
   * resources destroyed. That goes on when the call rejects, because of `timeoutMs` or the `signal`. May be called again.
   *
   * @throws ResourceError `CLOSE_TIMED_OUT`; the reason of the `signal`.
   */
  async close({ signal, timeoutMs }: CloseOptions = {}): Promise<void> {
    if (timeoutMs !== undefined) requireDuration("pool.close", "timeoutMs", timeoutMs);
    signal?.throwIfAborted();
    const closed = (this.#closed ??= this.#close());
    if (timeoutMs === undefined) return signal ? withAbort(closed, signal) : closed;
    const { title, clock } = this.#settings;
    const onTimeout = (elapsedMs: number) => closeTimedOut(title, elapsedMs, this.stats);
    return withTimeLimit(() => closed, { timeoutMs, signal, clock, onTimeout });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  #acquire(signal: AbortSignal | undefined, call: Function): Promise<Lease<T>> {
    if (this.#stock.isClosed) return Promise.reject(poolClosed(this.#settings.title));
    if (signal?.aborted) return Promise.reject(signal.reason);
    const place = this.#watch && locate(call);
    const found = this.#stock.take(signal);
    if (!(found instanceof Promise)) return Promise.resolve(this.#lease(found, place));
    const waiting = found.then((member) => this.#lease(member, place));
    return tracedWait("phasewise.resources.acquire", this.#attributes, waiting);
  }

  #lease(member: Member<T>, place: CallPlace | undefined): Lease<T> {
    return new PoolLease(member, this.#stock, place && this.#watch?.begin(place));
  }

  async #close(): Promise<void> {
    const endWatch = this.#watch?.beginClosing();
    await this.#stock.close();
    endWatch?.();
  }

  #requireOpen(): void {
    if (this.#stock.isClosed) throw poolClosed(this.#settings.title);
  }
}
