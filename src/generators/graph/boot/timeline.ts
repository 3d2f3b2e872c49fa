import type { BootReport, BootedModule } from "./report.js";

/** A boot as every format shows it. */
export interface Timeline {
  readonly status: string;
  readonly durationMs: number;
  /** To the end of the last bar, which may lie behind the end of the boot. */
  readonly endMs: number;
  readonly criticalPath: { readonly modules: readonly string[]; readonly durationMs: number };
  /** In the order in which they were activated. */
  readonly rows: readonly TimelineRow[];
}

export interface TimelineRow extends Omit<BootedModule, "state" | "optionalDependencies"> {
  readonly status: string;
  readonly isCritical: boolean;
  /** The dependency that was ready last, and from when to when the module waited for it. */
  readonly waited: { readonly for: string; readonly beginMs: number; readonly durationMs: number } | null;
  /** The modules whose activation began as soon as this one was ready. */
  readonly held: readonly string[];
}

/** Works out who waited for whom: a module's activation begins when the last of its dependencies is ready. */
export function createTimeline({ status, durationMs, criticalPath, modules }: BootReport): Timeline {
  const critical = new Set(criticalPath.modules);
  const ready = findReadyTimes(modules);
  const registered = Math.max(0, ...modules.flatMap((module) => findEnd(module, "registration") ?? []));
  const rows = modules.map((module): Omit<TimelineRow, "held"> => {
    const { state, optionalDependencies: optional, ...row } = module;
    const dependencies = [...module.dependencies, ...optional.filter((id) => ready.has(id))];
    const waited = findWait({ ...module, dependencies }, ready, registered);
    return { ...row, dependencies, status: state.status, isCritical: critical.has(module.id), waited };
  });
  const held = (id: string) => rows.flatMap((row) => (row.waited?.for === id ? row.id : []));
  const ends = modules.flatMap(({ phases }) => phases.map((phase) => phase.beginMs + phase.durationMs));
  return {
    status,
    durationMs,
    endMs: Math.max(durationMs, ...ends),
    criticalPath,
    rows: rows.map((row) => ({ ...row, held: held(row.id) })).sort((one, other) => getBegin(one) - getBegin(other)),
  };
}

/** When each module was active; one without work of its own was so as soon as its dependencies were. */
function findReadyTimes(modules: readonly BootedModule[]): Map<string, number> {
  const ready = new Map<string, number>();
  for (const module of modules) {
    const own = findEnd(module, "installation") ?? findEnd(module, "activation");
    const needed = [...module.dependencies, ...module.optionalDependencies].map((id) => ready.get(id) ?? 0);
    ready.set(module.id, own ?? Math.max(0, ...needed));
  }
  return ready;
}

function findWait(
  { dependencies, phases }: BootedModule,
  ready: ReadonlyMap<string, number>,
  registered: number,
): TimelineRow["waited"] {
  const activation = phases.find(({ phase }) => phase === "activation");
  if (!activation || dependencies.length === 0) return null;
  const readyAt = (id: string) => ready.get(id) ?? 0;
  const last = dependencies.reduce((latest, id) => (readyAt(id) > readyAt(latest) ? id : latest));
  const durationMs = Math.min(readyAt(last), activation.beginMs) - registered;
  return durationMs > 0 ? { for: last, beginMs: registered, durationMs } : null;
}

function findEnd({ phases }: BootedModule, wanted: string): number | undefined {
  const found = phases.find(({ phase }) => phase === wanted);
  return found && found.beginMs + found.durationMs;
}

function getBegin({ phases }: Pick<TimelineRow, "phases">): number {
  const work = phases.filter(({ phase }) => phase !== "registration");
  return Math.min(Infinity, ...(work.length > 0 ? work : phases).map(({ beginMs }) => beginMs));
}
