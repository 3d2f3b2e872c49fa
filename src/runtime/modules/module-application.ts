import type { CloudEvent } from "../events/cloud-event.js";
import type { ServiceId, ServiceOf } from "../services/registry.js";
import type { Application } from "./application.js";
import { type ApplicationOptions, type CompleteOptions, completeOptions } from "./application-options.js";
import type { BootReport, ModuleReport } from "./boot-report.js";
import { bootStopped, notRunning, stopFailed } from "./errors.js";
import { GrowingList } from "./growing-list.js";
import { isNotEmpty, joinErrors, type ModuleError } from "./module-error.js";
import type { ModuleHost } from "./module-host.js";
import type { ModuleRun } from "./module-run.js";
import type { ApplicationStatus, ModuleState, ModuleTransition } from "./module-state.js";
import { ServiceTable } from "./service-table.js";
import type { Enclosure } from "./surroundings.js";

/** The application behind `createApplication`, with what a test may give it: fakes, and what the work of each module runs in. */
export class ModuleApplication implements Application {
  readonly stopped: Promise<void>;
  readonly #options: CompleteOptions;
  readonly #services: ServiceTable;
  readonly #enclose: Enclosure | undefined;
  readonly #activated = new GrowingList<ModuleRun>();
  readonly #eventObservers: ((event: CloudEvent) => void)[] = [];
  readonly #listeners = new Set<(transition: ModuleTransition) => void>();
  /** There once the boot has found the modules. */
  #host: ModuleHost | undefined;
  #status: ApplicationStatus = "created";
  #begunMs = 0;
  #durationMs: number | undefined;
  #booting: Promise<BootReport> | undefined;
  /** The last of the calls that start and stop single modules: they run one after the other. */
  #changing: Promise<unknown> | undefined;
  #halting: Promise<ModuleError[]> | undefined;
  #stopping: Promise<void> | undefined;
  #settleStopped!: () => void;

  constructor(options: ApplicationOptions, services = new ServiceTable(), enclose?: Enclosure) {
    this.#options = completeOptions(options);
    this.#services = services;
    this.#enclose = enclose;
    this.stopped = new Promise((resolve) => (this.#settleStopped = resolve));
  }

  get report(): BootReport {
    const { clock } = this.#options;
    const durationMs = this.#durationMs ?? (this.#status === "starting" ? clock.now() - this.#begunMs : 0);
    const boot = { status: this.#status, begunMs: this.#begunMs, durationMs };
    return this.#host?.report(boot) ?? { ...emptyReport, status: boot.status, durationMs };
  }

  start(): Promise<BootReport> {
    return (this.#booting ??= this.#boot());
  }

  stop(): Promise<void> {
    return (this.#stopping ??= this.#shutDown());
  }

  [Symbol.asyncDispose](): Promise<void> {
    return this.stop();
  }

  async validateDependencies(): Promise<readonly ModuleError[]> {
    const { ModuleHost } = await import("./module-host.js");
    return ModuleHost.validate(this.#options);
  }

  startModule(id: string): Promise<void> {
    return this.#change(`startModule("${id}")`, (host) => host.startModule(id));
  }

  stopModule(id: string): Promise<void> {
    return this.#change(`stopModule("${id}")`, (host) => host.stopModule(id));
  }

  restartModule(id: string): Promise<void> {
    return this.#change(`restartModule("${id}")`, (host) => host.restartModule(id));
  }

  uninstallModule(id: string): Promise<void> {
    return this.#change(`uninstallModule("${id}")`, (host) => host.uninstallModule(id));
  }

  onTransition(listener: (transition: ModuleTransition) => void): () => void {
    this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Tells a test of every event, from a start on that is still to come. */
  observe(observer: (event: CloudEvent) => void): void {
    this.#eventObservers.push(observer);
  }

  getService<Id extends ServiceId>(id: Id): ServiceOf<Id> {
    return this.#getRunningHost(`getService("${id}")`).getService(id) as ServiceOf<Id>;
  }

  async *modules(): AsyncGenerator<ModuleReport, void> {
    for await (const run of this.#activated) yield this.#host!.reportModule(run, this.#begunMs);
  }

  async #boot(): Promise<BootReport> {
    const { clock, logger } = this.#options;
    if (this.#status !== "created") throw bootStopped();
    this.#status = "starting";
    this.#begunMs = clock.now();
    try {
      this.#host = await this.#assemble();
      for (const observer of this.#eventObservers) this.#host.observeEvents(observer);
      if (this.#stopping) throw bootStopped();
      await this.#host.boot((run) => this.#activated.add(run));
      this.#endBoot("running");
    } catch (error) {
      this.#endBoot(this.#stopping ? "stopping" : "failed");
      throw joinErrors([error as ModuleError, ...(await this.#halt())]);
    }
    const { report } = this;
    logger.info("application started", {
      modules: this.#host.size,
      durationMs: Number(report.durationMs.toFixed(1)),
    });
    return report;
  }

  async #assemble(): Promise<ModuleHost> {
    const { ModuleHost } = await import("./module-host.js");
    return ModuleHost.assemble(this.#options, {
      services: this.#services,
      enclose: this.#enclose,
      onTransition: (moduleId, from, to) => this.#tell(moduleId, from, to),
    });
  }

  #endBoot(status: "running" | "failed" | "stopping"): void {
    this.#status = status;
    this.#durationMs = this.#options.clock.now() - this.#begunMs;
    this.#activated.complete();
  }

  /** A boot that has failed by itself stops its modules by itself, and `start()` tells what failed then. */
  async #shutDown(): Promise<void> {
    if (this.#status === "failed") return this.stopped;
    if (this.#status === "running") this.#status = "stopping";

    this.#host?.interrupt();
    await Promise.allSettled([this.#booting, this.#changing]);
    this.#status = "stopping";
    const errors = await this.#halt();
    this.#status = "stopped";
    if (isNotEmpty(errors)) throw stopFailed(errors);
    this.#options.logger.info("application stopped");
  }

  #halt(): Promise<ModuleError[]> {
    return (this.#halting ??= this.#haltAll());
  }

  async #haltAll(): Promise<ModuleError[]> {
    const errors = (await this.#host?.halt()) ?? [];
    this.#activated.complete();
    this.#settleStopped();
    return errors;
  }

  /** Runs one change of a running application after the other. */
  #change(call: string, change: (host: ModuleHost) => Promise<void>): Promise<void> {
    const changing = (this.#changing ?? Promise.resolve()).then(() => change(this.#getRunningHost(call)));
    this.#changing = changing.catch(() => {});
    return changing;
  }

  #getRunningHost(call: string): ModuleHost {
    if (this.#status === "running" && this.#host) return this.#host;
    throw notRunning(`app.${call}`, this.#status);
  }

  #tell(moduleId: string, from: ModuleState, to: ModuleState): void {
    if (this.#listeners.size === 0) return;
    for (const listener of this.#listeners) {
      try {
        listener({ moduleId, from, to });
      } catch (error) {
        this.#options.logger.error("a listener of transitions failed", { error });
      }
    }
  }
}

const emptyReport = {
  modules: [],
  criticalPath: { modules: [], durationMs: 0 },
  dependencyFindings: [],
  synchronousHooks: [],
} as const;
