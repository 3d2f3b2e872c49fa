import { groupClosed, groupEnded, requireCount, siblingFailed, TaskGroupError } from "./errors.js";
import { isCancellation } from "./is-cancellation.js";
import { Scope } from "./scope.js";
import { Slots } from "./slots.js";

/** What `taskGroup` takes beside the body. */
export interface TaskGroupOptions {
  /** Cancels the group: its tasks are aborted with the reason of this signal, and the group rejects with it once they have ended. */
  readonly signal?: AbortSignal | undefined;
  /** How many tasks run at the same time at most; no limit by default. The body does not count. */
  readonly maxConcurrency?: number | undefined;
}

/** Begins the tasks of one `taskGroup`. */
export interface TaskGroup {
  /** Aborts when a task failed, when the group is cancelled from outside, and when the group has ended. */
  readonly signal: AbortSignal;

  /**
   * Begins a task, when `maxConcurrency` allows it. The promise settles like the task; nobody has to await it, because
   * the group does. In a group that was cancelled the task is not begun.
   *
   * @throws TaskError `GROUP_CLOSED` after the group has ended.
   */
  run<T>(task: (signal: AbortSignal) => PromiseLike<T>): Promise<T>;

  /**
   * Runs a task for each item, and gives what they give, in the order of the items. The next item is taken when a task may
   * begin, so an endless source is possible; an async source ends with the group when it is given `signal`.
   *
   * @throws TaskError `GROUP_CLOSED` after the group has ended.
   */
  map<I, T>(
    items: Iterable<I> | AsyncIterable<I>,
    task: (item: I, signal: AbortSignal, index: number) => PromiseLike<T>,
  ): Promise<T[]>;
}

/**
 * Runs the body and the tasks that it begins; settles when all of them have ended, so nothing outlives the group. It
 * gives what the body gives. The first failure, of the body or of a task, aborts the signal of the others; the group then
 * rejects with every failure. A rejection that only answers the abort is not one, and a Failure Result is a value.
 *
 * @throws TaskGroupError `TASKS_FAILED`, with each failure; the reason of the outer `signal` when there is none.
 *
 * @example
 * ```ts
 * import { taskGroup } from "@phasewise/runtime";
 *
 * export const fetchAll = (urls: string[], signal: AbortSignal) =>
 *   taskGroup(
 *     (group) => group.map(urls, async (url, signal) => (await fetch(url, { signal })).text()),
 *     { maxConcurrency: 8, signal },
 *   );
 * ```
 */
export async function taskGroup<T>(
  body: (group: TaskGroup) => PromiseLike<T>,
  { signal, maxConcurrency = Infinity }: TaskGroupOptions = {},
): Promise<T> {
  requireCount("taskGroup", "maxConcurrency", maxConcurrency);
  signal?.throwIfAborted();
  return new RunningGroup(new Scope(signal), maxConcurrency).live(body);
}

/** As many running tasks share a signal: making one costs more than a task, and many listeners make it slow. */
const tasksPerSignal = 64;

class RunningGroup implements TaskGroup {
  readonly #scope: Scope;
  readonly #slots: Slots;
  readonly #signals: AbortSignal[] = [];
  readonly #failures = new Set<unknown>();
  #running = 0;
  #close!: () => void;
  #isClosed = false;

  constructor(scope: Scope, maxConcurrency: number) {
    this.#scope = scope;
    this.#slots = new Slots(maxConcurrency, scope);
  }

  get signal(): AbortSignal {
    return this.#scope.signal;
  }

  run<T>(task: (signal: AbortSignal) => PromiseLike<T>): Promise<T> {
    this.#requireOpen("group.run");
    return this.#begin(async () => {
      this.#requireUncancelled();
      const entering = this.#slots.enter();
      if (entering) await entering;
      return this.#occupy(task);
    });
  }

  map<I, T>(
    items: Iterable<I> | AsyncIterable<I>,
    task: (item: I, signal: AbortSignal, index: number) => PromiseLike<T>,
  ): Promise<T[]> {
    this.#requireOpen("group.map");
    return this.#begin(async () => {
      const tasks: Promise<T>[] = [];
      for await (const item of items) {
        this.#requireUncancelled();
        const entering = this.#slots.enter();
        if (entering) await entering;
        const index = tasks.length;
        tasks.push(this.#begin(() => this.#occupy((signal) => task(item, signal, index))));
      }
      return Promise.all(tasks);
    });
  }

  async live<T>(body: (group: TaskGroup) => PromiseLike<T>): Promise<T> {
    const closed = new Promise<void>((resolve) => (this.#close = resolve));
    const result = this.#begin(async () => body(this));
    await closed;
    if (this.#failures.size > 0) throw new TaskGroupError([...this.#failures]);
    this.#requireUncancelled();
    this.#scope.end(groupEnded());
    return result;
  }

  /** Counts the work as part of the group until it has settled. */
  #begin<T>(work: () => Promise<T>): Promise<T> {
    this.#running++;
    const running = work();
    running.then(
      () => this.#end(),
      (error: unknown) => {
        this.#fail(error);
        this.#end();
      },
    );
    return running;
  }

  #end(): void {
    if (--this.#running > 0) return;
    this.#isClosed = true;
    this.#close();
  }

  /** Runs the task in the slot that was entered for it. */
  async #occupy<T>(task: (signal: AbortSignal) => PromiseLike<T>): Promise<T> {
    try {
      this.#requireUncancelled();
      return await task(this.#findSignal());
    } finally {
      this.#slots.leave();
    }
  }

  #findSignal(): AbortSignal {
    return (this.#signals[Math.floor(this.#running / tasksPerSignal)] ??= new Scope(this.#scope).signal);
  }

  #fail(error: unknown): void {
    const { hasEnded, reason } = this.#scope;
    for (const failure of error instanceof TaskGroupError ? error.errors : [error]) {
      if (!hasEnded || !isCancellation(failure, reason)) this.#failures.add(failure);
    }
    if (!hasEnded) this.#scope.end(siblingFailed(error));
  }

  #requireUncancelled(): void {
    if (this.#scope.hasEnded) throw this.#scope.reason;
  }

  #requireOpen(call: string): void {
    if (this.#isClosed) throw groupClosed(call);
  }
}
