import { Line, type Standing } from "./line.js";
import { priorities, type TaskPriority } from "./task-priority.js";

/** What a `TaskQueue` holds. */
export interface Queued<T> extends Standing<T> {
  readonly priority: TaskPriority;
  /** Who has the earliest one is next. */
  rankMs: number;
}

/**
 * First in, first out within a priority; a level of priority is a start of `agingMs` over the next one. So what has waited
 * for `agingMs` is as good as something new of the next higher priority, and nothing waits for ever.
 */
export class TaskQueue<T extends Queued<T>> {
  readonly #lines = priorities.map(() => new Line<T>());
  readonly #agingMs: number;
  #length = 0;

  constructor(agingMs: number) {
    this.#agingMs = agingMs;
  }

  get length(): number {
    return this.#length;
  }

  add(item: T, nowMs: number): void {
    item.rankMs = nowMs + priorities.indexOf(item.priority) * this.#agingMs;
    this.#lineOf(item).add(item);
    this.#length++;
  }

  /** The item must be in the queue. */
  remove(item: T): void {
    this.#lineOf(item).remove(item);
    this.#length--;
  }

  /** Of several with the same rank, the least urgent one has waited longest. */
  take(): T | undefined {
    let next: T | undefined;
    for (const { first } of this.#lines) {
      if (first && !(next && next.rankMs < first.rankMs)) next = first;
    }
    if (next) this.remove(next);
    return next;
  }

  #lineOf({ priority }: T): Line<T> {
    return this.#lines[priorities.indexOf(priority)]!;
  }
}
