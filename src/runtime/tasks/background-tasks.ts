import { isFailure } from "../results/is-failure.js";
import { tasksStopped, TaskError } from "./errors.js";
import { isCancellation } from "./is-cancellation.js";
import { Scope } from "./scope.js";

interface BackgroundTask {
  readonly name: string;
  ended?: Promise<void>;
}

/**
 * Work that nobody awaits until it is stopped: then it is cancelled and awaited. What fails, by a rejection or a Failure,
 * is told to `onFailure` once; an answer to the cancellation is no failure.
 */
export class BackgroundTasks {
  readonly #onFailure: (name: string, error: unknown) => void;
  readonly #scope: Scope;
  readonly #running = new Set<BackgroundTask>();

  /** The tasks are also cancelled when the `parent` ends, which does not wait for them: `stop` does. */
  constructor(onFailure: (name: string, error: unknown) => void, parent?: Scope) {
    this.#onFailure = onFailure;
    this.#scope = new Scope(parent);
  }

  /** The tasks that are running, in the order in which they were begun. */
  get names(): string[] {
    return [...this.#running].map(({ name }) => name);
  }

  /**
   * Begins the work at once.
   *
   * @throws TaskError `TASKS_STOPPED` once they are cancelled.
   */
  run(name: string, work: (signal: AbortSignal) => PromiseLike<unknown>): void {
    if (this.#scope.hasEnded) throw tasksStopped(name);
    const task: BackgroundTask = { name };
    this.#running.add(task);
    task.ended = this.#follow(name, work).finally(() => void this.#running.delete(task));
  }

  /** Cancels all tasks, and waits until they have ended. */
  async stop(reason: unknown = new TaskError("CANCELLED", "The background tasks were stopped.")): Promise<void> {
    this.#scope.end(reason);
    await Promise.all([...this.#running].map(({ ended }) => ended));
  }

  async #follow(name: string, work: (signal: AbortSignal) => PromiseLike<unknown>): Promise<void> {
    try {
      const outcome = await work(this.#scope.signal);
      if (isFailure(outcome)) throw outcome;
    } catch (error) {
      const { hasEnded, reason } = this.#scope;
      if (!hasEnded || !isCancellation(error, reason)) this.#onFailure(name, error);
    }
  }
}
