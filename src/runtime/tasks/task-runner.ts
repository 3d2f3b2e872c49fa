import { AbortListeners } from "./abort-listeners.js";
import { type Clock, currentClock } from "./clock.js";
import { notAFunction, requireCount, requireDuration } from "./errors.js";
import { Line } from "./line.js";
import { Room } from "./room.js";
import {
  cancelledByClose,
  pausedAfterClose,
  queueFull,
  refusedAfterClose,
  requireSize,
  requireSpan,
} from "./runner-errors.js";
import { Scope } from "./scope.js";
import { settleAll } from "./settle-all.js";
import { Submission, type SubmitOptions, type TaskWork } from "./submission.js";
import { requirePriority } from "./task-priority.js";
import { TaskQueue } from "./task-queue.js";
import type { Gathered, TaskResult } from "./task-result.js";
import type { CloseOptions, TaskRunnerOptions } from "./task-runner-options.js";
import { tracedWait } from "./traced-wait.js";
import { isTracing } from "./tracing.js";
import { type AbortOptions, Turns } from "./turns.js";

/**
 * As many tasks share a signal that only `close` aborts, because making one costs more than a task; and no more, so that a
 * listener that a task forgets there does not live as long as the runner.
 */
const tasksPerSignal = 256;

/**
 * Runs tasks, at most `maxWorkers` at a time; the others wait in a queue by priority. A worker is taken until its task
 * has really ended, also when the submitter has been answered before.
 *
 * A task that was submitted `agingMs` before one of the next higher priority comes first, so low priority never starves.
 *
 * @throws TaskError `INVALID_OPTION` for a number of workers below 1, a negative size, an `agingMs` of 0.
 *
 * @example
 * ```ts
 * import { TaskRunner } from "@phasewise/runtime/tasks";
 *
 * await using runner = new TaskRunner({ maxWorkers: 8, maxQueueSize: 1_000 });
 * const page = await runner.submit((signal) => fetch("https://example.com", { signal }), { timeoutMs: 2_000 });
 * console.log(page.success ? page.data.status : page.error.code);
 * ```
 */
export class TaskRunner implements AsyncDisposable {
  readonly #maxWorkers: number;
  readonly #maxQueueSize: number;
  readonly #clock: Clock;
  readonly #queue: TaskQueue<Submission>;
  readonly #running = new Line<Submission>();
  readonly #aborts = new AbortListeners();
  readonly #idle = new Turns();
  readonly #room = new Room(() => (this.#isClosed ? Infinity : this.#freePlaces));
  readonly #onEnd = (submission: Submission) => this.#end(submission);
  #sharing = 0;
  #sharedScope = new Scope();
  #isPaused = false;
  #isClosed = false;

  constructor({ maxWorkers, maxQueueSize = Infinity, agingMs = 5_000, clock = currentClock() }: TaskRunnerOptions) {
    requireCount("TaskRunner", "maxWorkers", maxWorkers);
    requireSize("TaskRunner", "maxQueueSize", maxQueueSize);
    requireSpan("TaskRunner", "agingMs", agingMs);
    this.#maxWorkers = maxWorkers;
    this.#maxQueueSize = maxQueueSize;
    this.#clock = clock;
    this.#queue = new TaskQueue(agingMs);
  }

  /** How many tasks have a worker, those among them that were interrupted and have not ended yet. */
  get running(): number {
    return this.#running.length;
  }

  /** How many tasks wait for a worker. */
  get queued(): number {
    return this.#queue.length;
  }

  get isPaused(): boolean {
    return this.#isPaused;
  }

  /**
   * Runs the task as soon as a worker is free for it, at once if one is. Gives what the task gives: a Result as it is,
   * anything else as the data of a Success. Rejects with what the task throws.
   *
   * An abort of the signal rejects with its reason at once, wherever the task is; one that waits leaves the queue, one
   * that runs has its own signal aborted.
   *
   * @returns `QUEUE_FULL` at once; `TIMED_OUT` after `timeoutMs` of running, which abort the signal of the task; `CLOSED`
   * after `close`, or when that cancels the task.
   * @throws TaskError `NOT_A_FUNCTION` for a promise in place of the work, `INVALID_OPTION`.
   */
  submit<T>(work: TaskWork<T>, options: SubmitOptions = {}): Promise<TaskResult<T>> {
    const result = new Promise((resolve, reject) => {
      requireTask("runner.submit", work, options);
      options.signal?.throwIfAborted();
      if (this.#isClosed) resolve(refusedAfterClose());
      else if (this.#freePlaces <= 0) resolve(queueFull(this.queued));
      else this.#accept(new Submission(work, options, resolve, reject), options.signal);
    });
    return result as Promise<TaskResult<T>>;
  }

  /**
   * Submits all, and gives one Result for each, in the same order; a rejection is a Failure `REJECTED` with the cause.
   * Where the queue is full it waits for room. Rejects with the signal's reason when that aborts.
   *
   * @throws TaskError `NOT_A_FUNCTION` for a promise in place of a work, `INVALID_OPTION`.
   */
  async gather<const W extends readonly TaskWork<unknown>[]>(
    works: W,
    options: SubmitOptions = {},
  ): Promise<Gathered<W>> {
    for (const work of works) requireTask("runner.gather", work, options);
    options.signal?.throwIfAborted();
    const submit = (work: TaskWork<unknown>) => async () => {
      await this.whenRoom(options);
      return this.submit(work, options);
    };
    const results = await settleAll(works.map(submit));
    options.signal?.throwIfAborted();
    return results as Gathered<W>;
  }

  /**
   * Fulfils when `submit` would not answer `QUEUE_FULL`. Whoever submits right after awaiting it has the place for
   * itself among all who wait like that; one who submits without waiting may come first.
   */
  whenRoom({ signal }: AbortOptions = {}): Promise<void> {
    return this.#room.wait(signal);
  }

  /** Fulfils when no task runs and none waits. While the runner is paused, tasks that wait keep it from that. */
  async drain({ signal }: AbortOptions = {}): Promise<void> {
    signal?.throwIfAborted();
    if (!this.#isIdle) await this.#idle.wait(signal);
  }

  /**
   * Begins no further task until `resume`; those that run go on.
   *
   * @throws TaskRunnerError `CLOSED` after `close`, which would otherwise wait for ever.
   */
  pause(): void {
    if (this.#isClosed) throw pausedAfterClose();
    this.#isPaused = true;
  }

  resume(): void {
    this.#isPaused = false;
    this.#fill();
  }

  /**
   * Takes no further task, runs those that it has to the end, and fulfils then; a pause is over. With `cancel`, which
   * may also follow later, the tasks are answered `CLOSED`, and only the end of those that run is awaited. The signal
   * ends the waiting, not the closing. Called again, it waits for the same end.
   */
  close({ cancel = false, signal }: CloseOptions = {}): Promise<void> {
    this.#isClosed = true;
    if (cancel) this.#cancel();
    this.resume();
    return this.drain({ signal });
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.close();
  }

  get #freeWorkers(): number {
    return this.#isPaused ? 0 : this.#maxWorkers - this.running;
  }

  /** How many tasks would be accepted, to run or to wait. */
  get #freePlaces(): number {
    return this.#freeWorkers + this.#maxQueueSize - this.queued;
  }

  get #isIdle(): boolean {
    return this.running === 0 && this.queued === 0;
  }

  #accept(submission: Submission, signal: AbortSignal | undefined): void {
    // A task that begins may submit another one, before those that wait have been given the other free workers.
    if (this.#freeWorkers > 0 && this.queued === 0) this.#begin(submission);
    else this.#enqueue(submission);
    if (signal) submission.listenTo(signal, this.#aborts, () => this.#leave(submission));
  }

  #enqueue(submission: Submission): void {
    this.#queue.add(submission, this.#clock.now());
    if (!isTracing()) return;
    const waiting = new Promise<void>((resolve) => (submission.onTurn = resolve));
    void tracedWait("phasewise.tasks.queue", { "phasewise.task.priority": submission.priority }, waiting);
  }

  #begin(submission: Submission): void {
    this.#running.add(submission);
    submission.run(this.#findScope(submission), this.#clock, this.#onEnd);
  }

  #findScope({ isAbortable }: Submission): Scope {
    if (isAbortable) return new Scope();
    if (this.#sharing++ % tasksPerSignal === 0) this.#sharedScope = new Scope();
    return this.#sharedScope;
  }

  #end(submission: Submission): void {
    this.#running.remove(submission);
    this.#fill();
  }

  #leave(submission: Submission): void {
    this.#queue.remove(submission);
    this.#tell();
  }

  #fill(): void {
    while (this.#freeWorkers > 0 && this.queued > 0) this.#begin(this.#queue.take()!);
    this.#tell();
  }

  /** Tells those who wait for room or for the end. */
  #tell(): void {
    this.#room.admit();
    while (this.#isIdle && this.#idle.next());
  }

  #cancel(): void {
    const error = cancelledByClose();
    for (let next = this.#queue.take(); next; next = this.#queue.take()) next.fail("CLOSED", error);
    for (const submission of this.#running) submission.fail("CLOSED", error);
  }
}

function requireTask(call: string, work: unknown, { priority, timeoutMs }: SubmitOptions): void {
  if (typeof work !== "function") throw notAFunction(call, work);
  if (priority !== undefined) requirePriority(call, priority);
  if (timeoutMs !== undefined) requireDuration(call, "timeoutMs", timeoutMs);
}
