import type { CodeOf, DataOf, Result } from "../results/result.js";
import type { Settled } from "./settle-all.js";
import type { TaskWork } from "./submission.js";

/** Why a runner did not give what the task would have given; `docs/task-runner.md` has the meaning of each. */
export type TaskFailureCode = "QUEUE_FULL" | "TIMED_OUT" | "CLOSED";

/** What `runner.submit` gives for a task of this type: the task's own Result if it gives one, or what it gives as data. */
export type TaskResult<T> = Result<DataOf<Settled<T>>, CodeOf<T> | TaskFailureCode>;

/** The same as `runner.gather` gives it, where a rejection is a Failure `REJECTED` as well. */
export type GatheredResult<T> = Result<DataOf<Settled<T>>, CodeOf<T> | TaskFailureCode | "REJECTED">;

/** The results of `runner.gather` for works of these types. */
export type Gathered<W extends readonly TaskWork<unknown>[]> = {
  -readonly [K in keyof W]: GatheredResult<Awaited<ReturnType<W[K]>>>;
};
