import { describeFailure } from "../results/errors.js";
import { isFailure } from "../results/is-failure.js";
import { describeLeak } from "./errors.js";
import type { HookRecord } from "./gated-modules.js";
import { findCulprit, findOrderDependence, isSameHook, type OrderDependence } from "./order-dependence.js";
import type { RunRecord } from "./play-schedule.js";
import type { Schedule } from "./schedule.js";

/**
 * What can be wrong: a hook that needs a module that it does not depend on; one that goes wrong in some orders for
 * another reason; one that fails, or never ends, whatever the order; something left after the stop; a rejection that
 * nobody handles; a module that is neither stopped nor failed at the end.
 */
export type ScheduleFindingKind =
  "undeclared-dependency" | "order" | "failure" | "hang" | "leak" | "unhandled-rejection" | "undefined-state";

/** One thing that an exploration has found. */
export interface ScheduleFinding {
  readonly kind: ScheduleFindingKind;
  /** The module that has to be changed, where it is known. */
  readonly moduleId: string | undefined;
  /** What happens, in which hooks, and the remedy. */
  readonly message: string;
  /** Shows it again, given to `exploreSchedules` as `schedule`; an order takes the seed, to compare it with others. */
  readonly schedule: Schedule;
}

/** What follows from comparing the runs without a fault, and what is wrong with single runs. */
export function findAll(runs: readonly RunRecord[]): ScheduleFinding[] {
  const ordered = runs.filter(({ schedule }) => !schedule.fault);
  const culprits = distinguish(ordered.flatMap((run) => findCulprit(run) ?? []));
  return [
    ...culprits.map((culprit) => describeCulprit(culprit, ordered)),
    ...runs.flatMap((run) => [...findInHooks(run, culprits), ...findAfterwards(run)]),
  ];
}

/** Each hook once. */
function distinguish(records: readonly HookRecord[]): HookRecord[] {
  return records.filter((record, index) => records.findIndex((one) => isSameHook(one, record)) === index);
}

function describeCulprit(culprit: HookRecord, runs: readonly RunRecord[]): ScheduleFinding {
  const dependence = findOrderDependence(culprit, runs);
  if (dependence) return describeDependence(dependence);
  const { schedule } = runs.find((run) => isSameHook(findCulprit(run), culprit))!;
  const { moduleId, outcome } = culprit;
  const kind = outcome === "unfinished" ? "hang" : "failure";
  return { kind, moduleId, message: `${describeOutcome(culprit)}, in every order.`, schedule };
}

/** What goes wrong in a run, but for the hooks that go wrong without any fault, and for what follows from those. */
function findInHooks(run: RunRecord, culprits: readonly HookRecord[]): ScheduleFinding[] {
  const { schedule, hooks, start, stop } = run;
  if (!schedule.fault) {
    const error = findCulprit(run) ? undefined : (start.error ?? stop.error);
    if (error === undefined) return [];
    return [{ kind: "failure", moduleId: undefined, message: `It fails in no hook: ${describe(error)}`, schedule }];
  }
  return hooks
    .filter(({ outcome }) => outcome === "failed" || outcome === "unfinished")
    .filter((hook) => !culprits.some((culprit) => isSameHook(culprit, hook)))
    .map((hook) => ({
      kind: hook.outcome === "failed" ? "failure" : "hang",
      moduleId: hook.moduleId,
      message: `${describeOutcome(hook)}, after a fault elsewhere.`,
      schedule,
    }));
}

/** What is wrong when all is over. */
function findAfterwards({ schedule, modules, leaks, unhandled, start, stop }: RunRecord): ScheduleFinding[] {
  const find = (kind: ScheduleFindingKind, message: string, moduleId?: string) => {
    return { kind, moduleId, message, schedule };
  };
  return [
    ...(start.hasEnded ? [] : [find("hang", "The boot does not end.")]),
    ...(stop.hasEnded ? [] : [find("hang", "The stop does not end.")]),
    ...leaks.map((leak) => find("leak", `Left behind: ${describeLeak(leak)}.`, leak.moduleId)),
    ...unhandled.map((reason) => find("unhandled-rejection", `Nobody handles the rejection "${describe(reason)}".`)),
    ...modules
      .filter(({ state }) => state.status.endsWith("ing"))
      .map(({ id, state }) => find("undefined-state", `Module "${id}" is left ${state.status}.`, id)),
  ];
}

function describeDependence({ culprit, run: { schedule }, needed }: OrderDependence): ScheduleFinding {
  const fact = `${describeOutcome(culprit)}, in some orders only`;
  if (!needed) return { kind: "order", moduleId: culprit.moduleId, message: `${fact}.`, schedule };

  const isOfStop = culprit.hook === "stop";
  const [dependent, dependency] =
    needed.isBefore === isOfStop ? [needed.moduleId, culprit.moduleId] : [culprit.moduleId, needed.moduleId];
  const relation = `it goes well ${needed.isBefore ? "after" : "before"} ${needed.hook} of module "${needed.moduleId}"`;
  const move = culprit.hook === "initialize" ? `Do that in setupModule, and add` : "Add";
  const remedy = `${move} "${dependency}" to the dependencies of module "${dependent}".`;
  return { kind: "undeclared-dependency", moduleId: dependent, message: `${fact}: ${relation}. ${remedy}`, schedule };
}

function describeOutcome({ hook, moduleId, outcome, error }: HookRecord): string {
  const name = `${hook} of module "${moduleId}"`;
  return outcome === "unfinished" ? `${name} does not end` : `${name} fails ("${describe(error)}")`;
}

function describe(error: unknown): string {
  if (isFailure(error)) return describeFailure(error.error);
  return error instanceof Error ? error.message : String(error);
}
