import type { CloudEvent } from "../events/cloud-event.js";
import { assembleModules } from "./assemble-modules.js";
import type { CompleteOptions } from "./application-options.js";
import { type BootReport, createBootReport, createModuleReport, type ModuleReport } from "./boot-report.js";
import { findClosestName } from "./closest-name.js";
import {
  bootStopped,
  lazyServiceNotMade,
  moduleUnavailable,
  stopFailed,
  unknownModule,
  unknownService,
} from "./errors.js";
import { LazyService } from "./lazy-service.js";
import { registerModule } from "./lifecycle.js";
import { type FailurePolicy, haltModules, ModuleBoot } from "./module-boot.js";
import { collectError, isNotEmpty, joinErrors, type ModuleError, separate } from "./module-error.js";
import { findDependencies, findDependents } from "./module-graph.js";
import type { ModuleRun } from "./module-run.js";
import type { ApplicationStatus } from "./module-state.js";
import { Limit } from "./schedule.js";
import { ServiceTable } from "./service-table.js";
import { type SharedParts, Surroundings } from "./surroundings.js";

/** The modules of an application, and everything that is done with them. An application imports it when it starts. */
export class ModuleHost {
  readonly #policy: FailurePolicy;
  readonly #surroundings: Surroundings;
  readonly #limits: ApplicationLimits;
  /** Each module after those it depends on. */
  readonly #runs: readonly ModuleRun[];
  readonly #problems: readonly ModuleError[];
  #boot: ModuleBoot | undefined;
  #interruption: ModuleError | undefined;

  private constructor(
    options: CompleteOptions,
    surroundings: Surroundings,
    runs: readonly ModuleRun[],
    problems: readonly ModuleError[],
  ) {
    this.#policy = options.onModuleFailure;
    this.#limits = new ApplicationLimits(options);
    this.#surroundings = surroundings;
    this.#runs = runs;
    this.#problems = problems;
  }

  /** @throws ModuleError when the modules cannot be read. */
  static async assemble(options: CompleteOptions, parts: SharedParts): Promise<ModuleHost> {
    const surroundings = new Surroundings(options, parts);
    const { runs, problems } = await assembleModules(options, surroundings);
    return new ModuleHost(options, surroundings, runs, problems);
  }

  /** Everything that is wrong with the modules, found by their registration on trial as well. */
  static async validate(options: CompleteOptions): Promise<readonly ModuleError[]> {
    const duplicates: ModuleError[] = [];
    const services = new ServiceTable([], (duplicate) => duplicates.push(duplicate));
    try {
      const trial = await ModuleHost.assemble(options, { services, onTransition: () => {} });
      const runs = [...trial.#surroundings.modules.values()];
      const failures = await Promise.all(runs.map((run) => collectError(Promise.resolve(registerModule(run)))));
      await Promise.all(runs.map(({ life }) => life.endWork()));
      return separate([...trial.#problems, ...duplicates, ...failures.flat()]);
    } catch (error) {
      return separate([error as ModuleError]);
    }
  }

  /** @throws ModuleError with everything that failed; nothing is stopped then. */
  async boot(onActive: (run: ModuleRun) => void): Promise<void> {
    if (isNotEmpty(this.#problems)) throw joinErrors(this.#problems);
    await this.#surroundings.importTracer();
    const { tracer, logger } = this.#surroundings;
    const boot = () => this.#run(this.#runs, this.#policy, onActive);
    await (tracer ? tracer.trace("phasewise.boot", {}, boot) : boot());
    for (const error of await this.#halt(this.#runs.filter(isOut)))
      logger.error("a failed module was not stopped properly", { error });
  }

  /** Aborts the hooks of a boot that are running, and lets no further one begin, now or later. */
  interrupt(): void {
    this.#interruption ??= bootStopped();
    this.#boot?.interrupt(this.#interruption);
  }

  /** Stops all modules in reverse order, and gives what failed. */
  halt(): Promise<ModuleError[]> {
    return this.#halt(this.#runs);
  }

  get size(): number {
    return this.#runs.length;
  }

  reportModule(run: ModuleRun, begunMs: number): ModuleReport {
    return createModuleReport(run, begunMs);
  }

  report(boot: { status: ApplicationStatus; begunMs: number; durationMs: number }): BootReport {
    return createBootReport(this.#runs, boot);
  }

  observeEvents(observer: (event: CloudEvent) => void): void {
    this.#surroundings.events.observe(observer);
  }

  getService(id: string): object {
    const { services } = this.#surroundings;
    const entry = services.find(id);
    if (!entry) throw unknownService("app.getService", id, findClosestName(id, services.ids));
    const service = entry.service instanceof LazyService ? entry.service.service : entry.service;
    if (!service) throw lazyServiceNotMade("The application", id);
    return service;
  }

  async startModule(id: string): Promise<void> {
    const run = this.#getModule(id);
    await this.#bootAgain(new Set(findInactive(run)));
  }

  async stopModule(id: string): Promise<void> {
    const run = this.#getModule(id);
    await this.#haltAgain(new Set([...findDependents(run), run]));
  }

  async restartModule(id: string): Promise<void> {
    const run = this.#getModule(id);
    const touched = new Set([...findDependents(run), run]);
    const active = [...touched].filter(({ isActive }) => isActive);
    await this.#haltAgain(touched);
    await this.#bootAgain(new Set([...findInactive(run), ...active]));
  }

  async uninstallModule(id: string): Promise<void> {
    const run = this.#getModule(id);
    const asker = "app.uninstallModule was asked for";
    if (!run.isActive) throw moduleUnavailable(asker, id, run.state.status, "Start it first.");
    await this.#haltAgain(new Set([...findDependents(run), run]), run);
  }

  async #run(runs: readonly ModuleRun[], policy: FailurePolicy, onActive?: (run: ModuleRun) => void): Promise<void> {
    if (this.#interruption) throw this.#interruption;
    this.#boot = new ModuleBoot(runs, this.#limits.of, policy);
    try {
      await this.#boot.run(onActive);
    } finally {
      this.#boot = undefined;
      this.#surroundings.watch.rest();
    }
  }

  async #halt(runs: readonly ModuleRun[], uninstalled?: ModuleRun): Promise<ModuleError[]> {
    const errors = await haltModules(runs, this.#limits.of, uninstalled);
    this.#surroundings.watch.rest();
    return errors;
  }

  async #bootAgain(modules: ReadonlySet<ModuleRun>): Promise<void> {
    const runs = this.#runs.filter((run) => modules.has(run));
    try {
      await this.#run(runs, "abort");
    } catch (error) {
      throw joinErrors([error as ModuleError, ...(await this.#halt(runs))]);
    }
  }

  async #haltAgain(modules: ReadonlySet<ModuleRun>, uninstalled?: ModuleRun): Promise<void> {
    const errors = await this.#halt(
      this.#runs.filter((run) => modules.has(run)),
      uninstalled,
    );
    if (isNotEmpty(errors)) throw stopFailed(errors);
  }

  #getModule(id: string): ModuleRun {
    const run = this.#surroundings.modules.get(id);
    if (!run) throw unknownModule("The application was asked for", id, this.#surroundings.findClosestModuleId(id));
    return run;
  }
}

/** The module and what it depends on, as far as they are to be started. */
function findInactive(run: ModuleRun): ModuleRun[] {
  return [...findDependencies(run), run].filter(({ isActive }) => !isActive);
}

function isOut({ state }: ModuleRun): boolean {
  return state.status === "failed" || state.status === "blocked";
}

/** The caps under which the steps of modules run. */
class ApplicationLimits {
  readonly #common: readonly Limit[];
  readonly #named: ReadonlyMap<string, Limit>;

  constructor({ maxConcurrency, limits }: CompleteOptions) {
    this.#common = maxConcurrency === Infinity ? [] : [new Limit(maxConcurrency)];
    this.#named = new Map(Object.entries(limits).map(([name, max]) => [name, new Limit(max)]));
  }

  readonly of = ({ module: { limits } }: ModuleRun): readonly Limit[] =>
    limits ? [...this.#common, ...[...new Set(limits)].flatMap((name) => this.#named.get(name) ?? [])] : this.#common;
}
