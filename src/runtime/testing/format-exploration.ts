import type { ScheduleExploration } from "./explore-schedules.js";

/**
 * The exploration as a readable list: how much was tried, and each finding with the schedule that shows it again.
 *
 * @example
 * ```ts
 * import { formatExploration, type ScheduleExploration } from "@phasewise/runtime/testing";
 *
 * export const print = (exploration: ScheduleExploration) => console.log(formatExploration(exploration));
 * ```
 */
export function formatExploration({ runs, seed, isExhaustive, findings }: ScheduleExploration): string {
  const extent = isExhaustive ? "every order" : `seed ${seed}`;
  const count = `${findings.length === 0 ? "no" : findings.length} ${findings.length === 1 ? "finding" : "findings"}`;
  return [
    `${count} in ${runs} ${runs === 1 ? "run" : "runs"} (${extent})`,
    ...findings.flatMap(({ kind, message, schedule }) => [
      "",
      `${kind}: ${message}`,
      `  schedule: ${JSON.stringify(schedule)}`,
    ]),
  ].join("\n");
}
