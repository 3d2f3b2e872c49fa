import type { BootOptions } from "../modules/application-options.js";
import type { Module } from "../modules/define-module.js";
import { moduleHooks } from "../modules/hooks.js";
import { findAll, type ScheduleFinding } from "./schedule-findings.js";
import { playSchedule, type RunRecord } from "./play-schedule.js";
import {
  countOrders,
  createFurtherOrders,
  createRandom,
  createTellingOrders,
  type Fault,
  type Schedule,
  shuffle,
  unique,
} from "./schedule.js";
import type { ServiceFakes } from "./test-application.js";

/** What `exploreSchedules` takes. */
export interface ScheduleExplorationOptions extends Omit<BootOptions, "clock"> {
  /**
   * The modules under test. Give a function that makes them anew for each run when they keep state outside of their
   * hooks, in the module's file or in services: otherwise a run finds what the one before it has left.
   */
  readonly modules: readonly Module[] | (() => readonly Module[] | Promise<readonly Module[]>);
  /** Fakes by service id, as for `testApplication`. */
  readonly services?: ServiceFakes;
  /** Decides what is left to chance; 1 by default. The same seed explores the same schedules. */
  readonly seed?: number;
  /** How many runs there may be; 300 by default. All orders are tried if there are no more than that. */
  readonly runs?: number;
  /** Plays this one alone: that of a finding. */
  readonly schedule?: Schedule;
}

/** What an exploration has found. */
export interface ScheduleExploration {
  readonly seed: number;
  /** How many boots were played. */
  readonly runs: number;
  /** Were all orders tried in which the hooks can follow each other? */
  readonly isExhaustive: boolean;
  /** Each thing once, with the first schedule that showed it. */
  readonly findings: readonly ScheduleFinding[];
}

/**
 * Boots and stops the modules again and again, by a fake clock: in every order in which their concurrent hooks may
 * follow each other (for many modules a choice by `seed`), and with each hook failing, hanging and being aborted in turn.
 * Reports what goes wrong in some order only, as an undeclared dependency with the line to add, what is left behind, a
 * boot or stop that does not end, unhandled rejections, and modules in no defined state.
 *
 * Real waiting of more than 200 ms in a hook counts as hanging: give fakes for what does much input and output.
 *
 * @example
 * ```ts
 * import { defineModule } from "@phasewise/runtime";
 * import { exploreSchedules, formatExploration } from "@phasewise/runtime/testing";
 *
 * const exploration = await exploreSchedules({
 *   modules: () => [defineModule({ id: "billing", version: "1.0.0", async setupModule() {} })],
 * });
 * console.log(formatExploration(exploration));
 * ```
 */
export async function exploreSchedules(options: ScheduleExplorationOptions): Promise<ScheduleExploration> {
  const { modules, services = {}, seed = 1, runs = 300, schedule, ...boot } = options;
  const make = async () => (typeof modules === "function" ? await modules() : modules);
  const records: RunRecord[] = [];
  const play = async (next: Schedule) => {
    const parts = { ...boot, services, modules: await make(), isFirst: records.length === 0 };
    records.push(await playSchedule(next, parts));
  };
  if (schedule) {
    await play(schedule);
    return conclude(records, { seed, isExhaustive: false });
  }

  const first = await make();
  const ids = first.map(({ id }) => id);
  const telling = createTellingOrders(ids);
  const random = createRandom(seed);
  const faults = shuffle(createFaults(first, ids), random);
  const left = Math.max(0, runs - telling.length - faults.length);
  const orders = unique([...telling, ...createFurtherOrders(ids, left, random)]);
  const schedules = [...orders.map((order) => ({ order })), ...faults].slice(0, Math.max(1, runs));
  for (const next of schedules) await play(next);
  return conclude(records, { seed, isExhaustive: orders.length === countOrders(ids.length) && orders.length <= runs });
}

function conclude(
  records: readonly RunRecord[],
  { seed, isExhaustive }: { seed: number; isExhaustive: boolean },
): ScheduleExploration {
  const findings = new Map<string, ScheduleFinding>();
  for (const finding of findAll(records)) {
    if (!findings.has(finding.message)) findings.set(finding.message, finding);
  }
  return { seed, runs: records.length, isExhaustive, findings: [...findings.values()] };
}

/** Every fault that can strike: an abort makes no sense while the application stops anyway. */
function createFaults(modules: readonly Module[], order: readonly string[]): Schedule[] {
  return modules.flatMap((module) =>
    moduleHooks
      .filter((hook) => module[hook] && hook !== "uninstall")
      .flatMap((hook) => {
        const kinds: Fault["kind"][] = hook === "stop" ? ["failure", "hang"] : ["failure", "hang", "abort"];
        return kinds.map((kind) => ({ order, fault: { kind, moduleId: module.id, hook } }));
      }),
  );
}
