import { AsyncLocalStorage } from "node:async_hooks";
import { createLogger } from "../services/create-logger.js";
import type { Logger } from "../services/logger.js";
import { notAFunction } from "../tasks/errors.js";
import { Scope } from "../tasks/scope.js";
import { withAbort } from "../tasks/with-abort.js";
import { resourceDisposed } from "./errors.js";

/** What a `LazyResource` takes beside the function that creates it. */
export interface LazyResourceOptions<T> {
  /** Ends the resource. Is called once for each that was created. */
  readonly destroy?: ((resource: T) => unknown) | undefined;
  /** Where it is told that a resource which came when nobody waited any more was not destroyed; by default standard error. */
  readonly logger?: Logger | undefined;
}

/** One creation, and what it gave. */
interface Making<T> {
  readonly scope: Scope;
  readonly promise: Promise<T>;
  /** How many calls wait for it. */
  waiting: number;
}

/**
 * A resource that is created when it is first asked for: once, however many ask at the same time. A creation that failed is
 * tried again by the next `get`. There is never more than one: a creation waits for the end of what was before it.
 *
 * `create` and `destroy` run in the async context in which the `LazyResource` was made.
 *
 * @throws TaskError `NOT_A_FUNCTION` for a promise in place of `create`.
 *
 * @example
 * ```ts
 * import { open } from "node:fs/promises";
 * import { LazyResource } from "@phasewise/runtime/resources";
 *
 * const journal = new LazyResource(() => open("journal.txt", "a"), { destroy: (file) => file.close() });
 *
 * export const note = async (line: string) => (await journal.get()).appendFile(`${line}\n`);
 * ```
 */
export class LazyResource<T> implements AsyncDisposable {
  readonly #create: (signal: AbortSignal) => T | PromiseLike<T>;
  readonly #options: LazyResourceOptions<T>;
  /** The resource must not carry the async context of the call that happened to need it first. */
  readonly #inContext = AsyncLocalStorage.snapshot();
  #making: Making<T> | undefined;
  #created: { readonly resource: T } | undefined;
  /** Fulfils when nothing is being created or destroyed any more. */
  #settled: Promise<unknown> = Promise.resolve();
  #isDisposed = false;
  #disposed: Promise<void> | undefined;

  /** The `signal` that `create` is given aborts when nobody waits for it any more. */
  constructor(create: (signal: AbortSignal) => T | PromiseLike<T>, options: LazyResourceOptions<T> = {}) {
    if (typeof create !== "function") throw notAFunction("new LazyResource", create);
    this.#create = create;
    this.#options = options;
  }

  /** Is there a resource, so that `get` need not create one? */
  get isCreated(): boolean {
    return this.#created !== undefined;
  }

  /**
   * Gives the resource, and creates it before that if necessary. An abort of the `signal` ends only this waiting.
   *
   * @throws ResourceError `RESOURCE_DISPOSED`; what `create` throws; the reason of the `signal`.
   */
  get({ signal }: { readonly signal?: AbortSignal | undefined } = {}): Promise<T> {
    if (this.#isDisposed) return Promise.reject(resourceDisposed());
    if (signal?.aborted) return Promise.reject(signal.reason);
    const making = (this.#making ??= this.#begin());
    return this.#created ? making.promise : this.#wait(making, signal);
  }

  /**
   * Destroys the resource if it was created; the next `get` creates another one. A creation that is under way goes on.
   *
   * @throws ResourceError `RESOURCE_DISPOSED`; what `destroy` throws.
   */
  async reset(): Promise<void> {
    if (this.#isDisposed) throw resourceDisposed();
    await this.#destroyCreated();
  }

  /** Ends a creation that is under way, and destroys the resource. Rejects with what `destroy` throws. */
  [Symbol.asyncDispose](): Promise<void> {
    this.#isDisposed = true;
    return (this.#disposed ??= this.#dispose());
  }

  async #dispose(): Promise<void> {
    if (!this.#created) this.#making?.scope.end(resourceDisposed());
    await this.#destroyCreated();
    await this.#settled;
  }

  #begin(): Making<T> {
    const scope = new Scope();
    const ended = this.#make(scope, this.#settled);
    this.#settled = ended.catch(() => {});
    return { scope, promise: withAbort(ended, scope.signal), waiting: 0 };
  }

  async #make(scope: Scope, previous: Promise<unknown>): Promise<T> {
    await previous;
    try {
      scope.signal.throwIfAborted();
      const resource = await this.#inContext(this.#create, scope.signal);
      if (scope.hasEnded) await this.#discard(resource);
      else this.#created = { resource };
      return resource;
    } catch (error) {
      if (!scope.hasEnded) this.#making = undefined;
      throw error;
    }
  }

  async #wait(making: Making<T>, signal: AbortSignal | undefined): Promise<T> {
    making.waiting++;
    try {
      return await (signal ? withAbort(making.promise, signal) : making.promise);
    } finally {
      making.waiting--;
      if (making.waiting === 0 && this.#making === making && !this.#created) this.#abandon(making, signal?.reason);
    }
  }

  /** Nobody waits for it any more: the next call begins anew. */
  #abandon({ scope }: Making<T>, reason: unknown): void {
    this.#making = undefined;
    scope.end(reason);
  }

  async #destroyCreated(): Promise<void> {
    const created = this.#created;
    if (!created) return;
    this.#created = undefined;
    this.#making = undefined;
    const destroyed = this.#destroy(created.resource);
    this.#settled = destroyed.catch(() => {});
    await destroyed;
  }

  async #discard(resource: T): Promise<void> {
    try {
      await this.#destroy(resource);
    } catch (error) {
      const { logger = createLogger() } = this.#options;
      logger.error("a resource that came too late was not destroyed properly", { error });
    }
  }

  async #destroy(resource: T): Promise<void> {
    const { destroy } = this.#options;
    if (destroy) await this.#inContext(destroy, resource);
  }
}
