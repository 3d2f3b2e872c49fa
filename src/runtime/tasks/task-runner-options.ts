import type { Clock } from "./clock.js";
import type { AbortOptions } from "./turns.js";

/** What a `TaskRunner` takes. */
export interface TaskRunnerOptions {
  /** How many tasks run at the same time at most. */
  readonly maxWorkers: number;
  /** How many tasks may wait; no limit by default. With 0 a task is only taken when a worker is free. */
  readonly maxQueueSize?: number | undefined;
  /** The start that a level of priority has over the next one, in milliseconds; 5,000 by default. */
  readonly agingMs?: number | undefined;
  /** Where time comes from; by default the clock of the application, or else that of the machine. */
  readonly clock?: Clock | undefined;
}

/** What `runner.close` takes. */
export interface CloseOptions extends AbortOptions {
  /** Answers all tasks that are not done with a Failure `CLOSED`, and aborts those that run; `false` by default. */
  readonly cancel?: boolean | undefined;
}
