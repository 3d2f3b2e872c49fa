import { AsyncResource } from "node:async_hooks";
import { Result } from "../results/result.js";
import { toResult } from "../results/to-result.js";
import type { AbortListeners } from "./abort-listeners.js";
import type { Clock } from "./clock.js";
import { type TaskError, timedOut } from "./errors.js";
import type { Scope } from "./scope.js";
import type { Queued } from "./task-queue.js";
import { TaskPriority } from "./task-priority.js";
import type { TaskFailureCode } from "./task-result.js";
import type { AbortOptions } from "./turns.js";

/** Work for a `TaskRunner`. Hand the signal on to whatever it waits for. */
export type TaskWork<T> = (signal: AbortSignal) => PromiseLike<T>;

/** What `runner.submit` takes beside the work. */
export interface SubmitOptions extends AbortOptions {
  /** `NORMAL` by default. */
  readonly priority?: TaskPriority | undefined;
  /** How long the task may run, in milliseconds; what it waits in the queue does not count. No limit by default. */
  readonly timeoutMs?: number | undefined;
}

/**
 * One call of `runner.submit`, from the queue to the end of the task. The task runs in the async context of the submitter,
 * who is answered once: by the task, or as soon as it is interrupted.
 */
export class Submission extends AsyncResource implements Queued<Submission> {
  ahead: Submission | undefined = undefined;
  behind: Submission | undefined = undefined;
  rankMs = 0;
  readonly priority: TaskPriority;
  /** Called when the waiting in the queue is over, one way or the other. */
  onTurn: (() => void) | undefined = undefined;

  /** Can the task be aborted while others go on? */
  readonly isAbortable: boolean;

  readonly #work: TaskWork<unknown>;
  readonly #timeoutMs: number | undefined;
  readonly #resolve: (result: Result<unknown>) => void;
  readonly #reject: (reason: unknown) => void;
  #scope: Scope | undefined;
  #stopListening: (() => void) | undefined;
  #cancelTimer: (() => void) | undefined;

  /** `resolve` and `reject` are those of the promise that the submitter holds. */
  constructor(
    work: TaskWork<unknown>,
    options: SubmitOptions,
    resolve: (result: Result<unknown>) => void,
    reject: (reason: unknown) => void,
  ) {
    super("PhasewiseTask");
    this.#work = work;
    this.#resolve = resolve;
    this.#reject = reject;
    this.#timeoutMs = options.timeoutMs;
    this.isAbortable = options.signal !== undefined || options.timeoutMs !== undefined;
    this.priority = options.priority ?? TaskPriority.NORMAL;
  }

  get isRunning(): boolean {
    return this.#scope !== undefined;
  }

  /** An abort of the signal interrupts the task. `onLeave` is called if it was still waiting. */
  listenTo(signal: AbortSignal, aborts: AbortListeners, onLeave: () => void): void {
    this.#stopListening = aborts.add(signal, (reason) => {
      this.#interrupt(reason, () => this.#reject(reason));
      if (!this.isRunning) onLeave();
    });
  }

  /** Calls back when the task has really ended, whatever the submitter was told before. */
  run(scope: Scope, clock: Clock, onEnd: (submission: Submission) => void): void {
    this.onTurn?.();
    this.#scope = scope;
    this.runInAsyncScope(this.#begin, this, scope, clock, onEnd);
  }

  /** Answers the submitter with a Failure at once; a task that runs is aborted with the error. */
  fail(code: TaskFailureCode, error: TaskError): void {
    this.#interrupt(error, () => this.#resolve(Result.error(code, error.message, { cause: error })));
  }

  #begin(scope: Scope, clock: Clock, onEnd: (submission: Submission) => void): void {
    if (this.#timeoutMs !== undefined) this.#limit(this.#timeoutMs, clock);
    this.#call(scope.signal).then(
      (outcome) => {
        this.#release();
        this.#resolve(toResult(outcome));
        onEnd(this);
      },
      (error: unknown) => {
        this.#release();
        this.#reject(error);
        onEnd(this);
      },
    );
  }

  /** Work that throws instead of giving a promise has failed as well. */
  #call(signal: AbortSignal): Promise<unknown> {
    try {
      return Promise.resolve(this.#work(signal));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #limit(timeoutMs: number, clock: Clock): void {
    const begunMs = clock.now();
    const interrupt = () => this.fail("TIMED_OUT", timedOut(clock.now() - begunMs, "The task"));
    this.#cancelTimer = clock.schedule(interrupt, timeoutMs);
  }

  #interrupt(reason: unknown, answer: () => void): void {
    this.#release();
    answer();
    if (this.#scope) this.#scope.end(reason);
    else this.onTurn?.();
  }

  #release(): void {
    this.#stopListening?.();
    this.#cancelTimer?.();
  }
}
