import { analyzeBoot, type BootAnalysis, type BootedModule, type DependencyFinding } from "./boot-analysis.js";
import type { CriticalPath, ModuleMargin } from "./critical-path.js";
import type { HookName } from "./hooks.js";
import type { ModuleLife } from "./module-life.js";
import type { ModuleRun, PhaseTiming } from "./module-run.js";
import type { ApplicationStatus, ModuleState, Phase } from "./module-state.js";

/** How long one phase of a module took. */
export interface PhaseReport {
  readonly phase: Phase;
  /** Milliseconds from the beginning of the boot. */
  readonly beginMs: number;
  readonly durationMs: number;
}

/** One module: who it is, where it is in its life, and how long it took to get there. */
export interface ModuleReport {
  readonly id: string;
  readonly version: string;
  /** The absolute path of its `module.ts` or `module.js`, when it was discovered. */
  readonly file?: string;
  readonly dependencies: readonly string[];
  readonly optionalDependencies: readonly string[];
  /** The ids of the services it registered. */
  readonly services: readonly string[];
  /** The names of its background tasks that are running. */
  readonly tasks: readonly string[];
  readonly state: ModuleState;
  /** The phases that have ended and in which it had something to do, in order. */
  readonly phases: readonly PhaseReport[];
}

/** A hook that was a plain synchronous function. */
export interface SynchronousHook {
  readonly module: string;
  readonly hook: HookName;
}

/** The boot as seen at one moment: a plain object of plain values, except for the error of a failed module. */
export interface BootReport {
  readonly status: ApplicationStatus;
  /** Milliseconds from `start()` to the moment when the application ran, or had failed. */
  readonly durationMs: number;
  /** Each module after those it depends on, with what its activation meant for the length of the boot. */
  readonly modules: readonly (ModuleReport & ModuleMargin)[];
  /** The chain of dependencies whose activation took longest: the boot cannot be faster than this. */
  readonly criticalPath: CriticalPath;
  /** The dependencies that modules have declared and not used so far. */
  readonly dependencyFindings: readonly DependencyFinding[];
  /** Hooks to make async functions. */
  readonly synchronousHooks: readonly SynchronousHook[];
}

interface Boot {
  readonly status: ApplicationStatus;
  readonly begunMs: number;
  readonly durationMs: number;
}

/** A report of this moment. The boot does not wait for its details: they are worked out when somebody looks at them. */
export function createBootReport(runs: readonly ModuleRun[], { status, begunMs, durationMs }: Boot): BootReport {
  const lives = runs.map(({ life }) => life);
  const states = runs.map(({ state }) => state);
  const timings = runs.map((run) => run.timings);
  const moments = () => runs.map((run, at) => ({ run, life: lives[at]!, state: states[at]!, timings: timings[at]! }));
  let modules: BootReport["modules"] | undefined;
  let analysis: BootAnalysis | undefined;
  const analyze = () => (analysis ??= analyzeBoot(moments().map(toBootedModule)));
  const listModules = () => {
    const { margins } = analyze();
    return moments().map((moment, index) => ({ ...describeModule(moment, begunMs), ...margins[index]! }));
  };
  return {
    status,
    durationMs,
    get modules() {
      return (modules ??= listModules());
    },
    get criticalPath() {
      return analyze().criticalPath;
    },
    get dependencyFindings() {
      return analyze().dependencyFindings;
    },
    get synchronousHooks() {
      return runs.flatMap(({ id, synchronousHooks }) => synchronousHooks.map((hook) => ({ module: id, hook })));
    },
  };
}

export function createModuleReport(run: ModuleRun, begunMs: number): ModuleReport {
  const { life, state, timings } = run;
  return describeModule({ run, life, state, timings }, begunMs);
}

/** What of a module changes, as it was when the report was made. */
interface Moment {
  readonly run: ModuleRun;
  readonly life: ModuleLife;
  readonly state: ModuleState;
  readonly timings: readonly PhaseTiming[];
}

function describeModule({ run, life, state, timings }: Moment, begunMs: number): ModuleReport {
  const { id, module, file } = run;
  return {
    id,
    version: module.version,
    ...(file !== undefined && { file }),
    dependencies: module.dependencies.map((dependency) => dependency.id),
    optionalDependencies: module.optionalDependencies.map((dependency) => dependency.id),
    services: [...life.services.keys()],
    tasks: life.taskNames,
    state,
    phases: timings.map((timing) => toPhaseReport(timing, begunMs)),
  };
}

function toPhaseReport({ phase, begunMs: at, durationMs }: PhaseTiming, begunMs: number): PhaseReport {
  return { phase, beginMs: at - begunMs, durationMs };
}

/** A module that has no hook in phase 2 had no occasion to use anything. */
function toBootedModule({ run, life, timings }: Moment): BootedModule {
  const { id, module, dependencies } = run;
  const hasOccasion = life.wasActive && (module.setupModule || module.start || life.setupHooks.length > 0);
  return {
    id,
    dependencies: dependencies.map((dependency) => dependency.id),
    durationMs: sumOfActivation(timings),
    usedModules: hasOccasion ? life.usedModules : undefined,
  };
}

function sumOfActivation(timings: readonly PhaseTiming[]): number {
  const own = timings.filter(({ phase }) => phase === "activation" || phase === "installation");
  return own.reduce((sum, { durationMs }) => sum + durationMs, 0);
}
