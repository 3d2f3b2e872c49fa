export { type Permit, Semaphore } from "./semaphore.js";
export { RateLimiter, type RateLimiterOptions } from "./rate-limiter.js";
export { TaskRunnerError, type TaskRunnerErrorCode } from "./runner-errors.js";
export type { SubmitOptions, TaskWork } from "./submission.js";
export { TaskPriority } from "./task-priority.js";
export type { Gathered, GatheredResult, TaskFailureCode, TaskResult } from "./task-result.js";
export { TaskRunner } from "./task-runner.js";
export type { CloseOptions, TaskRunnerOptions } from "./task-runner-options.js";
export type { AbortOptions } from "./turns.js";
