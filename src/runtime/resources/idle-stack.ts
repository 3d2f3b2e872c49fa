import type { Clock } from "../tasks/clock.js";

/** A resource of a pool, from its creation to its destruction. */
export interface Member<T> {
  readonly resource: T;
  idleSinceMs: number;
}

/** When an idle resource is too much. */
export interface Expiry<T> {
  readonly clock: Clock;
  /** How long one may be idle; for ever if this is not given. */
  readonly timeoutMs: number | undefined;
  /** Are there more than have to be kept? */
  readonly hasSpare: () => boolean;
  readonly onExpired: (member: Member<T>) => void;
}

/** The resources that nobody uses. The one used last is used next, so that those which are not needed stay idle and expire. */
export class IdleStack<T> {
  readonly #expiry: Expiry<T>;
  /** Who has been idle for the longest time is the first, so one timer is enough. */
  readonly #members: Member<T>[] = [];
  #cancelTimer: (() => void) | undefined;

  constructor(expiry: Expiry<T>) {
    this.#expiry = expiry;
  }

  get size(): number {
    return this.#members.length;
  }

  push(member: Member<T>): void {
    this.#members.push(member);
    if (this.#expiry.timeoutMs === undefined) return;
    member.idleSinceMs = this.#expiry.clock.now();
    this.#keepTimer();
  }

  /** The timer goes on: taking a resource and giving it back must not cost two. */
  pop(): Member<T> | undefined {
    return this.#members.pop();
  }

  stopTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }

  #keepTimer(): void {
    const { clock, timeoutMs = 0, hasSpare } = this.#expiry;
    const [oldest] = this.#members;
    if (!oldest || this.#cancelTimer || !hasSpare()) return;
    this.#cancelTimer = clock.schedule(() => this.#expire(timeoutMs), oldest.idleSinceMs + timeoutMs - clock.now());
  }

  #expire(timeoutMs: number): void {
    const { clock, hasSpare, onExpired } = this.#expiry;
    this.#cancelTimer = undefined;
    const isDue = ({ idleSinceMs }: Member<T>) => clock.now() >= idleSinceMs + timeoutMs;
    while (this.#members[0] && isDue(this.#members[0]) && hasSpare()) onExpired(this.#members.shift()!);
    this.#keepTimer();
  }
}
