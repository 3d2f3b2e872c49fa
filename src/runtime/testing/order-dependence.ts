import type { ModuleHook } from "../modules/hooks.js";
import type { HookRecord } from "./gated-modules.js";
import type { RunRecord } from "./play-schedule.js";

/** A hook that ends well in some orders and badly in others. */
export interface OrderDependence {
  readonly culprit: HookRecord;
  /** The run in which it went wrong. */
  readonly run: RunRecord;
  /** What its success goes together with, if that is one thing: the hook of another module that came before it, or after. */
  readonly needed: { readonly moduleId: string; readonly hook: ModuleHook; readonly isBefore: boolean } | undefined;
}

/** The first hook that went wrong in a run by itself. */
export function findCulprit({ hooks }: RunRecord): HookRecord | undefined {
  const isEarlier = (one: HookRecord, other: HookRecord) => (one.ended ?? Infinity) < (other.ended ?? Infinity);
  return hooks
    .filter(({ outcome }) => outcome === "failed" || outcome === "unfinished")
    .reduce<HookRecord | undefined>((first, next) => (first && !isEarlier(next, first) ? first : next), undefined);
}

/** Compares the runs of one hook that differ in their order alone; `undefined` when the hook goes wrong in all of them. */
export function findOrderDependence(culprit: HookRecord, runs: readonly RunRecord[]): OrderDependence | undefined {
  const withHook = runs.map((run) => ({ run, own: run.hooks.find((record) => isSameHook(record, culprit)) }));
  const good = withHook.filter(({ own }) => own?.outcome === "done");
  const bad = withHook.filter(({ run }) => isSameHook(findCulprit(run), culprit));
  if (good.length === 0 || !bad[0]) return undefined;

  const candidates = listOthers(runs, culprit).flatMap((other) =>
    [true, false].map((isBefore) => ({ ...other, isBefore })),
  );
  const holds = (
    { moduleId, hook, isBefore }: (typeof candidates)[number],
    { run, own }: (typeof withHook)[number],
  ) => {
    const other = run.hooks.find((record) => record.moduleId === moduleId && record.hook === hook);
    const [first, second] = isBefore ? [other, own] : [own, other];
    return first !== undefined && first.begun < (second?.begun ?? Infinity);
  };
  const necessary = candidates.filter((candidate) => good.every((run) => holds(candidate, run)));
  const telling = necessary.filter((candidate) => !bad.some((run) => holds(candidate, run)));
  const partly = necessary.filter((candidate) => !bad.every((run) => holds(candidate, run)));
  const needed = telling.find(({ hook }) => hook === culprit.hook) ?? telling[0] ?? partly[0];
  return { culprit: findOwn(bad[0].run, culprit), run: bad[0].run, needed };
}

export function isSameHook(one: HookRecord | undefined, other: HookRecord): boolean {
  return one?.moduleId === other.moduleId && one.hook === other.hook;
}

function findOwn(run: RunRecord, culprit: HookRecord): HookRecord {
  return run.hooks.find((record) => isSameHook(record, culprit)) ?? culprit;
}

/** The hooks of the other modules in any of the runs. */
function listOthers(
  runs: readonly RunRecord[],
  { moduleId: own }: HookRecord,
): { moduleId: string; hook: ModuleHook }[] {
  const others = runs.flatMap(({ hooks }) => hooks).filter(({ moduleId }) => moduleId !== own);
  return [...new Map(others.map(({ moduleId, hook }) => [`${moduleId} ${hook}`, { moduleId, hook }])).values()];
}
