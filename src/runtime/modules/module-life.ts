import { ModuleEvents } from "../events/module-events.js";
import type { EventOwner } from "../events/event-owner.js";
import type { ActivationContext } from "../services/activation-context.js";
import type { Logger } from "../services/logger.js";
import type { StandardSchema } from "../settings/schema.js";
import type { SettingsOptions } from "../settings/settings-loader.js";
import { BackgroundTasks } from "../tasks/background-tasks.js";
import { Scope } from "../tasks/scope.js";
import { createActivationContext } from "./create-activation-context.js";
import type { SetupHook } from "./hooks.js";
import { LazyService } from "./lazy-service.js";
import { beginWait } from "./wait-for-graph.js";
import type { ModuleRun } from "./module-run.js";

interface RegisteredSettings {
  readonly options: SettingsOptions;
  /** Loaded when they are first asked for. */
  loaded?: Promise<unknown>;
}

/** Why the signal of a module aborts when it stops; made once, because an error costs more than the rest of a stop. */
const stopped = new DOMException("The module was stopped.", "AbortError");

const none: ReadonlyMap<string, object> = new Map();
const noIds: ReadonlySet<string> = new Set();

/** What a module has from its registration to its stop: what it registered, and what runs on its behalf. Its parts are made when they are needed. */
export class ModuleLife implements EventOwner {
  readonly run: ModuleRun;
  readonly scope = new Scope();
  wasActive = false;
  /** Has everything been given back? */
  isReleased = false;
  #services: Map<string, object | LazyService> | undefined;
  #settings: Map<StandardSchema, RegisteredSettings> | undefined;
  #setupHooks: SetupHook[] | undefined;
  #usedModules: Set<string> | undefined;
  #context: ActivationContext | undefined;
  #events: ModuleEvents | undefined;
  #tasks: BackgroundTasks | undefined;

  constructor(run: ModuleRun) {
    this.run = run;
  }

  get id(): string {
    return this.run.id;
  }

  get logger(): Logger {
    return this.run.logger;
  }

  /** In the order of registration, which is reversed for disposal. */
  get services(): ReadonlyMap<string, object | LazyService> {
    return this.#services ?? none;
  }

  get setupHooks(): readonly SetupHook[] {
    return this.#setupHooks ?? [];
  }

  /** The ids of the modules whose services or events it has asked for. */
  get usedModules(): ReadonlySet<string> {
    return this.#usedModules ?? noIds;
  }

  get context(): ActivationContext {
    return (this.#context ??= createActivationContext(this, this.run));
  }

  get events(): ModuleEvents {
    return (this.#events ??= new ModuleEvents(this.run.surroundings.events, this));
  }

  get taskNames(): readonly string[] {
    return this.#tasks?.names ?? [];
  }

  /** Is it over, or was the module begun anew since? */
  get isOver(): boolean {
    const { status } = this.run.state;
    return this.run.life !== this || status === "stopped" || status === "failed" || status === "blocked";
  }

  addService(id: string, service: object | LazyService): void {
    this.run.surroundings.services.register(id, service, this);
    (this.#services ??= new Map()).set(id, service);
  }

  addSettings(schema: StandardSchema, options: SettingsOptions): void {
    (this.#settings ??= new Map()).set(schema, { options });
  }

  findSettings(schema: StandardSchema): RegisteredSettings | undefined {
    return this.#settings?.get(schema);
  }

  addSetupHook(hook: SetupHook): void {
    (this.#setupHooks ??= []).push(hook);
  }

  /** Notes that the module has asked for something of another one. */
  use(moduleId: string | undefined): void {
    if (moduleId !== undefined) (this.#usedModules ??= new Set()).add(moduleId);
  }

  /** Notes that the module listens to the events of another one. */
  useEvents(pattern: string): void {
    this.use(this.run.surroundings.findModuleOf(pattern)?.id);
  }

  isRegistering(): boolean {
    return this.run.state.status === "registering";
  }

  /** Lets the handlers of phase 1 receive events, and the stop hook run one day. */
  becomeActive(): void {
    this.wasActive = true;
    this.#events?.activate();
  }

  background(name: string, work: (signal: AbortSignal) => Promise<unknown>): void {
    this.#tasks ??= new BackgroundTasks(
      (task, error) => this.logger.error("a background task failed", { task, error }),
      this.scope,
    );
    this.#tasks.run(name, (signal) => this.enclose(() => work(signal)));
  }

  enclose<T>(work: () => T): T {
    const { enclose } = this.run.surroundings;
    return enclose ? enclose(this.id, work) : work();
  }

  /** Told by `waitFor`: until its module is active, nothing that depends on it can publish. */
  beginWait(type: string): () => void {
    const publisher = this.run.surroundings.findModuleOf(type);
    this.use(publisher?.id);
    return publisher && !publisher.isActive ? beginWait(this.run, publisher, `the event "${type}"`) : () => {};
  }

  /** Ends everything that runs on behalf of the module, and waits for it. */
  async endWork(): Promise<void> {
    this.scope.end(stopped);
    await this.events.close();
    await this.#tasks?.stop();
    for (const service of this.services.values()) if (service instanceof LazyService) await service.settle();
  }

  /** Gives what has to be disposed, in order: also a service with several ids once. */
  closeServices(): AsyncDisposable[] {
    const services = [...this.services.values()].reverse();
    const made = services.map((service) => (service instanceof LazyService ? service.close() : service));
    return [...new Set([...made, this.run.module])].filter(isAsyncDisposable);
  }
}

function isAsyncDisposable(value: object | undefined): value is AsyncDisposable {
  return value !== undefined && Symbol.asyncDispose in value;
}
