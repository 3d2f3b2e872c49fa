import { acquireTimedOut, poolClosed } from "./errors.js";
import { IdleStack, type Member } from "./idle-stack.js";
import type { PoolSettings, PoolStats } from "./pool-options.js";
import { ResourceFactory } from "./resource-factory.js";
import { type Waiter, WaitingLine } from "./waiting-line.js";

/**
 * The resources of a pool, and those who wait for one. A resource counts from the beginning of its creation to the end of
 * its destruction; nothing waits for that but who needs the room.
 *
 * For each waiter something goes on if there is room for it, and what comes first is for who has waited longest. A creation
 * that fails is told to the waiter that it was begun for: there are never more attempts than waiters.
 */
export class Stock<T> {
  readonly #settings: PoolSettings<T>;
  readonly #factory: ResourceFactory<T>;
  readonly #line: WaitingLine<Member<T>>;
  readonly #idle: IdleStack<T>;
  readonly #creations = new Set<Promise<void>>();
  #leased = 0;
  #creating = 0;
  #validating = 0;
  #destroying = 0;
  #closed: Promise<void> | undefined;
  #finish!: () => void;

  constructor(settings: PoolSettings<T>) {
    const { clock, min, acquireTimeoutMs, idleTimeoutMs, title } = settings;
    this.#settings = settings;
    this.#factory = new ResourceFactory(settings);
    const onTimeout = (waitedMs: number) => acquireTimedOut(title, waitedMs, this.stats);
    this.#line = new WaitingLine({ clock, timeoutMs: acquireTimeoutMs, onTimeout });
    this.#idle = new IdleStack({
      clock,
      timeoutMs: idleTimeoutMs,
      hasSpare: () => this.#size - this.#destroying > min,
      onExpired: (member) => void this.#destroy(member),
    });
  }

  get stats(): PoolStats {
    return {
      size: this.#size,
      idle: this.#idle.size,
      leased: this.#leased,
      creating: this.#creating,
      validating: this.#validating,
      destroying: this.#destroying,
      pending: this.#line.length,
    };
  }

  get isClosed(): boolean {
    return this.#closed !== undefined;
  }

  /** Gives a resource: at once if one is idle and known to be valid, otherwise when the promise fulfils. */
  take(signal: AbortSignal | undefined): Member<T> | Promise<Member<T>> {
    const member = this.#line.length === 0 ? this.#idle.pop() : undefined;
    const verdict = member ? this.#validate(member) : false;
    if (member && verdict === true) {
      this.#leased++;
      return member;
    }
    const waiter = this.#line.join(signal);
    if (member) this.#conclude(member, verdict, waiter);
    else this.#supply(waiter);
    this.fill();
    return waiter.promise;
  }

  /** Takes back what was given. */
  release(member: Member<T>): void {
    this.#leased--;
    const { first } = this.#line;
    if (first) this.#conclude(member, this.#validate(member), first);
    else this.#offer(member);
  }

  /** Takes back what was given, and destroys it. */
  async remove(member: Member<T>): Promise<void> {
    this.#leased--;
    await this.#destroy(member);
  }

  /** Begins to create what is missing to `min`. */
  fill(onFailure = (error: Error) => this.#report(error)): void {
    const { min, max } = this.#settings;
    const missing = Math.min(min - (this.#size - this.#destroying), max - this.#size);
    for (let count = 0; count < missing; count++) this.#beginCreation(onFailure);
  }

  /** Resolves when everything that is being created now has been created, or has failed. */
  async settleCreations(): Promise<void> {
    await Promise.all(this.#creations);
  }

  /** Sends all waiters away, and resolves when the last resource is destroyed. Never rejects. */
  close(): Promise<void> {
    if (this.#closed) return this.#closed;
    this.#closed = new Promise((resolve) => (this.#finish = resolve));
    const reason = poolClosed(this.#settings.title);
    this.#line.rejectAll(reason);
    this.#factory.stop(reason);
    this.#idle.stopTimer();
    for (let member = this.#idle.pop(); member; member = this.#idle.pop()) void this.#destroy(member);
    this.#makeUse();
    return this.#closed;
  }

  get #size(): number {
    return this.#idle.size + this.#leased + this.#creating + this.#validating + this.#destroying;
  }

  /** Something is idle, there is room again, or nothing is left. */
  #makeUse(): void {
    if (this.#closed) {
      if (this.#size === 0) this.#finish();
      return;
    }
    while (this.#idle.size > 0 || this.#size < this.#settings.max) {
      const waiter = this.#line.findUnsupplied();
      if (!waiter) return;
      this.#supply(waiter);
    }
  }

  /** Sees to it that something comes: an idle resource if it is valid, or a new one if there is room for it. */
  #supply(waiter: Waiter<Member<T>>): void {
    const member = this.#idle.pop();
    if (member) this.#conclude(member, this.#validate(member), waiter);
    else if (this.#size < this.#settings.max) this.#beginCreation((error) => this.#refuse(waiter, error), waiter);
  }

  #offer(member: Member<T>): void {
    if (this.#closed) return void this.#destroy(member);
    if (this.#line.serve(member)) this.#leased++;
    else this.#idle.push(member);
  }

  #validate({ resource }: Member<T>): boolean | Promise<boolean> {
    this.#validating++;
    const verdict = this.#factory.validate(resource);
    this.#validating--;
    return verdict;
  }

  #conclude(member: Member<T>, verdict: boolean | Promise<boolean>, waiter: Waiter<Member<T>>): void {
    if (typeof verdict !== "boolean") return void this.#awaitVerdict(member, verdict, waiter);
    if (verdict) return this.#offer(member);
    void this.#destroy(member);
    this.#makeUse();
  }

  async #awaitVerdict(member: Member<T>, verdict: Promise<boolean>, waiter: Waiter<Member<T>>): Promise<void> {
    this.#validating++;
    waiter.supplies++;
    const isValid = await verdict;
    this.#validating--;
    waiter.supplies--;
    this.#conclude(member, isValid, waiter);
  }

  #beginCreation(onFailure: (error: Error) => void, waiter?: Waiter<Member<T>>): void {
    const creation = this.#create(onFailure, waiter).then(() => void this.#creations.delete(creation));
    this.#creations.add(creation);
  }

  async #create(onFailure: (error: Error) => void, waiter: Waiter<Member<T>> | undefined): Promise<void> {
    this.#creating++;
    if (waiter) waiter.supplies++;
    const creation = await this.#factory.create(onFailure);
    this.#creating--;
    if (waiter) waiter.supplies--;

    if (!creation) return this.#makeUse();
    const member = { resource: creation.resource, idleSinceMs: 0 };
    if (creation.isLate) void this.#destroy(member);
    else this.#offer(member);
  }

  async #destroy(member: Member<T>): Promise<void> {
    this.#destroying++;
    await this.#factory.destroy(member.resource);
    this.#destroying--;
    this.#makeUse();
    if (!this.#closed) this.fill();
  }

  #refuse(waiter: Waiter<Member<T>>, error: Error): void {
    if (!this.#line.reject(waiter, error)) this.#report(error);
  }

  #report(error: Error): void {
    this.#settings.logger.error("a resource was not created", { error });
  }
}
