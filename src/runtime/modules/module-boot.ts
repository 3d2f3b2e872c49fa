import { activateModule, registerModule, startModule, stopModule } from "./lifecycle.js";
import { collectError, joinErrors, type ModuleError } from "./module-error.js";
import type { ModuleRun } from "./module-run.js";
import { type Limit, runSteps, type Step } from "./schedule.js";

/** What happens to the others when a module fails: they are given up as well, or only those that depend on it. */
export type FailurePolicy = "abort" | "isolate";

/** The limits under which the hooks of a module run. */
export type LimitsOf = (run: ModuleRun) => readonly Limit[];

/**
 * Takes modules from their registration to their start. With the policy `abort` the first failure interrupts the others,
 * and the boot rejects with all that really failed. With `isolate` it goes on without those that depend on what failed.
 */
export class ModuleBoot {
  readonly #runs: readonly ModuleRun[];
  readonly #limitsOf: LimitsOf;
  readonly #policy: FailurePolicy;
  readonly #errors: ModuleError[] = [];
  #interruption: ModuleError | undefined;

  /** The modules come each after those it depends on. */
  constructor(runs: readonly ModuleRun[], limitsOf: LimitsOf, policy: FailurePolicy) {
    this.#runs = runs;
    this.#limitsOf = limitsOf;
    this.#policy = policy;
  }

  async run(onActive: (run: ModuleRun) => void = () => {}): Promise<void> {
    await this.#register();
    await runSteps(this.#createSteps(onActive), {
      shouldGoOn: () => !this.#interruption,
      onRejection: ({ run }, error) => this.#fail(run, error),
    });
    this.#throwIfInterrupted();
    this.#blockDependents();
  }

  /** Aborts the hooks that are running, and lets no further one begin. */
  interrupt(reason: ModuleError): void {
    if (this.#interruption) return;
    this.#interruption = reason;
    for (const run of this.#runs) run.interrupt(reason);
  }

  async #register(): Promise<void> {
    this.#throwIfInterrupted();
    const works: Promise<void>[] = [];
    for (const run of this.#runs) {
      if (this.#interruption) break;
      const work = registerModule(run);
      if (work) works.push(work.catch((error: unknown) => this.#fail(run, error)));
    }
    await Promise.all(works);
    this.#throwIfInterrupted();
    this.#blockDependents();
  }

  /** A module has a step for its start if it, or something that it depends on, has a hook for that. */
  #createSteps(onActive: (run: ModuleRun) => void): ModuleStep[] {
    const activations = new Map<ModuleRun, ModuleStep>();
    const starts = new Map<ModuleRun, ModuleStep>();
    const startAtOnce = (run: ModuleRun) => {
      onActive(run);
      void startModule(run);
    };
    for (const run of this.#runs) {
      if (run.state.status !== "registered") continue;
      const limits = this.#limitsOf(run);
      const mustWait = run.module.start !== undefined || run.dependencies.some((dependency) => starts.has(dependency));
      const activation = new ModuleStep(run, limits, activateUnlessOut, mustWait ? onActive : startAtOnce);
      activation.comesAfterAll(run.dependencies, activations);
      activations.set(run, activation);
      if (!mustWait) continue;

      const start = new ModuleStep(run, limits, startUnlessOut);
      start.comesAfter(activation);
      start.comesAfterAll(run.dependencies, starts);
      starts.set(run, start);
    }
    const steps = [...activations.values(), ...starts.values()];
    if (this.#policy === "isolate")
      for (const step of steps) step.skip = (culprit) => blockUnlessBusy(step.run, culprit);
    return steps;
  }

  #fail(run: ModuleRun, error: unknown): void {
    this.#errors.push(error as ModuleError);
    if (this.#policy === "abort") this.interrupt(error as ModuleError);
    else run.logger.error("the module failed", { error });
  }

  #throwIfInterrupted(): void {
    if (this.#interruption) throw joinErrors([this.#interruption, ...this.#errors]);
  }

  #blockDependents(): void {
    if (this.#policy === "abort") return;
    for (const run of this.#runs) {
      const culprit = run.dependencies.find(isOut);
      if (culprit && !isOut(run)) block(run, culprit);
    }
  }
}

/** Stops modules in reverse dependency order. Gives what failed; nothing keeps a module from its turn. One of them may be uninstalled on the way. */
export async function haltModules(
  runs: readonly ModuleRun[],
  limitsOf: LimitsOf,
  uninstalled?: ModuleRun,
): Promise<ModuleError[]> {
  const errors: ModuleError[] = [];
  const steps = new Map<ModuleRun, ModuleStep>();
  for (const run of runs) {
    const work = async () =>
      void errors.push(...(await collectError(stopModule(run, { uninstall: run === uninstalled }))));
    steps.set(run, new ModuleStep(run, limitsOf(run), work));
  }
  for (const [run, step] of steps) step.comesAfterAll(run.dependents, steps);
  await runSteps([...steps.values()]);
  return errors;
}

class ModuleStep implements Step {
  readonly run: ModuleRun;
  readonly limits: readonly Limit[];
  readonly next: Step[] = [];
  skip?: (culprit: Step) => void;
  readonly #work: (run: ModuleRun) => Promise<void> | undefined;
  readonly #onDone: ((run: ModuleRun) => void) | undefined;
  waitingFor = 0;

  constructor(
    run: ModuleRun,
    limits: readonly Limit[],
    work: (run: ModuleRun) => Promise<void> | undefined,
    onDone?: (run: ModuleRun) => void,
  ) {
    this.run = run;
    this.limits = limits;
    this.#work = work;
    this.#onDone = onDone;
  }

  comesAfter(step: ModuleStep): void {
    step.next.push(this);
    this.waitingFor++;
  }

  comesAfterAll(runs: readonly ModuleRun[], steps: ReadonlyMap<ModuleRun, ModuleStep>): void {
    for (const run of runs) {
      const step = steps.get(run);
      if (step) this.comesAfter(step);
    }
  }

  begin(): Promise<void> | undefined {
    return this.#work(this.run);
  }

  done(): void {
    if (!isOut(this.run)) this.#onDone?.(this.run);
  }
}

/* A module may be blocked although everything before a step of it went well: when the start of a dependency failed. */

function activateUnlessOut(run: ModuleRun): Promise<void> | undefined {
  return isOut(run) ? undefined : activateModule(run);
}

function startUnlessOut(run: ModuleRun): Promise<void> | undefined {
  return isOut(run) ? undefined : startModule(run);
}

function isOut({ state }: ModuleRun): boolean {
  return state.status === "failed" || state.status === "blocked";
}

/** Blocks the module at once, so that nobody goes on waiting for it. One with a running hook is blocked at the end of the boot. */
function blockUnlessBusy(run: ModuleRun, culprit: Step): void {
  const { status } = run.state;
  if (culprit instanceof ModuleStep && (status === "registered" || status === "active")) block(run, culprit.run);
}

/** The state of the culprit is told at the root: the module that failed, not one that it blocked. */
function block(run: ModuleRun, culprit: ModuleRun): void {
  const { state } = culprit;
  if (state.status === "blocked") run.moveTo(state);
  else if (state.status === "failed") run.moveTo({ status: "blocked", by: culprit.id, reason: state.error.message });
}
