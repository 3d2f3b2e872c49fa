import { notAFunction, requireCount } from "./errors.js";
import { abortSourceOf } from "./on-abort.js";
import { tracedWait } from "./traced-wait.js";
import { type AbortOptions, Turns } from "./turns.js";

/** One permit of a `Semaphore`, held until it is released, by `using` or by hand. */
export interface Permit extends Disposable {
  /** Gives the permit back. A second time it does nothing, so nobody can release more than was acquired. */
  release(): void;
}

/**
 * A number of permits: so many holders at a time, and no more. Who has waited longest gets the next permit; nobody
 * overtakes. It keeps nothing that would have to be closed.
 *
 * @throws TaskError `INVALID_OPTION` for a number of permits that is below 1 or not whole.
 *
 * @example
 * ```ts
 * import { Semaphore } from "@phasewise/runtime/tasks";
 *
 * const uploads = new Semaphore(4);
 *
 * export async function upload(url: string, body: string, signal: AbortSignal): Promise<number> {
 *   using _permit = await uploads.acquire({ signal });
 *   return (await fetch(url, { method: "PUT", body, signal })).status;
 * }
 * ```
 */
export class Semaphore {
  readonly #turns = new Turns();
  #free: number;

  constructor(permits: number) {
    requireCount("Semaphore", "permits", permits);
    this.#free = permits;
  }

  /** How many permits nobody holds. */
  get free(): number {
    return this.#free;
  }

  /** How many wait for a permit. */
  get waiting(): number {
    return this.#turns.waiting;
  }

  /** Gives a permit, when one is free. Rejects at once with the signal's reason when it aborts before. */
  async acquire(options: AbortOptions = {}): Promise<Permit> {
    await this.#take(options);
    return new HeldPermit(() => this.#release());
  }

  /** Gives a permit if one is free at this moment. */
  tryAcquire(): Permit | undefined {
    if (this.#free === 0) return undefined;
    this.#free--;
    return new HeldPermit(() => this.#release());
  }

  /**
   * Runs the work with a permit, and settles like it. The signal ends the waiting, not the work.
   *
   * @throws TaskError `NOT_A_FUNCTION` for a promise in place of the work.
   */
  async use<T>(work: () => PromiseLike<T>, options: AbortOptions = {}): Promise<T> {
    if (typeof work !== "function") throw notAFunction("semaphore.use", work);
    const taking = this.#take(options);
    if (taking) await taking;
    try {
      return await work();
    } finally {
      this.#release();
    }
  }

  /** Takes a permit: at once, or when the promise that it gives fulfils. */
  #take(options: AbortOptions): Promise<void> | undefined {
    const source = abortSourceOf(options);
    source?.throwIfAborted();
    if (this.#free === 0) return tracedWait("phasewise.tasks.permit", {}, this.#turns.wait(source));
    this.#free--;
    return undefined;
  }

  /** The permit goes on to the next one that waits, and is free only when nobody does. */
  #release(): void {
    if (!this.#turns.next()) this.#free++;
  }
}

class HeldPermit implements Permit {
  #giveBack: (() => void) | undefined;

  constructor(giveBack: () => void) {
    this.#giveBack = giveBack;
  }

  release(): void {
    const giveBack = this.#giveBack;
    this.#giveBack = undefined;
    giveBack?.();
  }

  [Symbol.dispose](): void {
    this.release();
  }
}
