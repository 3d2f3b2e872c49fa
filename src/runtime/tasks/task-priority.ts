import { invalidOption } from "./errors.js";

/**
 * How urgent a task of a `TaskRunner` is; `NORMAL` when nothing is said.
 *
 * @example
 * ```ts
 * import { TaskPriority, TaskRunner } from "@phasewise/runtime/tasks";
 *
 * const runner = new TaskRunner({ maxWorkers: 4 });
 * export const refresh = () =>
 *   runner.submit((signal) => fetch("https://example.com/rates", { signal }), { priority: TaskPriority.LOW });
 * ```
 */
export const TaskPriority = { CRITICAL: "CRITICAL", HIGH: "HIGH", NORMAL: "NORMAL", LOW: "LOW" } as const;

export type TaskPriority = keyof typeof TaskPriority;

/** From the most urgent one on. */
export const priorities: readonly TaskPriority[] = Object.values(TaskPriority);

export function requirePriority(call: string, priority: TaskPriority): void {
  if (!priorities.includes(priority)) throw invalidOption(call, "priority", priorities.join(", "), priority);
}
