import { leaseReleased } from "./errors.js";
import type { Member } from "./idle-stack.js";

/**
 * The right to use a resource of a pool until it is given back. `await using` gives it back at the end of the block.
 * Giving back twice is harmless: the second time nothing happens.
 */
export interface Lease<T> extends AsyncDisposable {
  /** @throws ResourceError `LEASE_RELEASED` after the lease has ended. */
  readonly resource: T;

  /** Gives the resource back, for others to use. */
  release(): void;

  /** Has the resource destroyed, because it is broken, and replaced when one is needed. Resolves when it is destroyed. */
  destroy(): Promise<void>;
}

/** Where the resource of a lease comes from. */
interface Origin<T> {
  release(member: Member<T>): void;
  remove(member: Member<T>): Promise<void>;
}

export class PoolLease<T> implements Lease<T> {
  readonly #origin: Origin<T>;
  readonly #onEnd: (() => void) | undefined;
  #member: Member<T> | undefined;

  constructor(member: Member<T>, origin: Origin<T>, onEnd: (() => void) | undefined) {
    this.#member = member;
    this.#origin = origin;
    this.#onEnd = onEnd;
  }

  get resource(): T {
    if (!this.#member) throw leaseReleased();
    return this.#member.resource;
  }

  release(): void {
    const member = this.#end();
    if (member) this.#origin.release(member);
  }

  async destroy(): Promise<void> {
    const member = this.#end();
    if (member) await this.#origin.remove(member);
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.release();
  }

  #end(): Member<T> | undefined {
    const member = this.#member;
    this.#member = undefined;
    if (member) this.#onEnd?.();
    return member;
  }
}
