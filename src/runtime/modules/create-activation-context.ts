import type { ModuleEvents } from "../events/module-events.js";
import type { ActivationContext } from "../services/activation-context.js";
import type { Logger } from "../services/logger.js";
import type { StandardSchema } from "../settings/schema.js";
import { withAbort } from "../tasks/with-abort.js";
import { bindMethods } from "./bind-methods.js";
import { findClosestName } from "./closest-name.js";
import {
  lazyServiceNotMade,
  moduleUnavailable,
  undeclaredDependency,
  unknownModule,
  unknownService,
  unknownSettings,
  wrongPhase,
} from "./errors.js";
import { LazyService } from "./lazy-service.js";
import type { ModuleLife } from "./module-life.js";
import type { ModuleRun } from "./module-run.js";
import type { ServiceEntry } from "./service-table.js";
import { type Activity, beginWait } from "./wait-for-graph.js";

/** Makes the context of one life of a module. `waiter` is what waits when somebody waits through it. */
export function createActivationContext(life: ModuleLife, waiter: Activity): ActivationContext {
  return new ModuleActivationContext(life, waiter) as object as ActivationContext;
}

class ModuleActivationContext {
  readonly moduleId: string;
  readonly #life: ModuleLife;
  readonly #waiter: Activity;

  static {
    bindMethods(this.prototype);
  }

  constructor(life: ModuleLife, waiter: Activity) {
    this.moduleId = life.id;
    this.#life = life;
    this.#waiter = waiter;
  }

  get logger(): Logger {
    return this.#life.logger;
  }

  get signal(): AbortSignal {
    return this.#life.scope.signal;
  }

  getService(id: string): object {
    const { service } = this.#getEntry(id, "getService");
    if (!(service instanceof LazyService)) return service;
    if (service.service) return service.service;
    throw lazyServiceNotMade(this.moduleId, id);
  }

  findService(id: string): object | undefined {
    return this.#findEntry(id, "findService") && this.getService(id);
  }

  async getLazyService(id: string, { signal = this.signal }: { signal?: AbortSignal } = {}): Promise<object> {
    const { service, owner } = this.#getEntry(id, "getLazyService");
    if (!(service instanceof LazyService) || !owner) return service;
    if (service.service) return service.service;

    const make = () => service.get(createActivationContext(owner, service));
    return this.#wait(service, `the service "${id}"`, make, signal);
  }

  async waitForModule(id: string, { signal = this.signal }: { signal?: AbortSignal } = {}): Promise<void> {
    this.#check(`waitForModule("${id}")`);
    const { surroundings } = this.#life.run;
    const module = surroundings.modules.get(id);
    const asker = `Module "${this.moduleId}" waits for`;
    if (!module) throw unknownModule(asker, id, surroundings.findClosestModuleId(id));
    this.#life.use(id);
    if (module.isOnItsWay) await this.#wait(module, module.name, () => module.untilSettled(), signal);
    this.signal.throwIfAborted();
    if (!module.isActive) throw moduleUnavailable(asker, id, module.state.status, "Find out why in app.report.");
  }

  async getSettings(schema: StandardSchema): Promise<unknown> {
    this.#check("getSettings()");
    const registered = this.#life.findSettings(schema);
    if (!registered) throw unknownSettings(this.moduleId);
    return (registered.loaded ??= this.#life.run.surroundings.loadSettings(this.moduleId, schema, registered.options));
  }

  subscribe(...subscription: Parameters<ModuleEvents["subscribe"]>) {
    this.#check(`subscribe("${subscription[0]}")`);
    this.#life.useEvents(subscription[0]);
    return this.#life.events.subscribe(...subscription);
  }

  once(...subscription: Parameters<ModuleEvents["once"]>) {
    this.#check(`once("${subscription[0]}")`);
    this.#life.useEvents(subscription[0]);
    return this.#life.events.once(...subscription);
  }

  async publish(...publication: Parameters<ModuleEvents["publish"]>) {
    this.#check(`publish("${publication[0]}")`);
    return this.#life.events.publish(...publication);
  }

  publishAndForget(...publication: Parameters<ModuleEvents["publishAndForget"]>): void {
    this.#check(`publishAndForget("${publication[0]}")`);
    this.#life.events.publishAndForget(...publication);
  }

  async waitFor(...wait: Parameters<ModuleEvents["waitFor"]>) {
    this.#check(`waitFor("${wait[0]}")`);
    return this.#life.events.waitFor(...wait);
  }

  events(...listening: Parameters<ModuleEvents["events"]>) {
    this.#check(`events("${listening[0]}")`);
    this.#life.useEvents(listening[0]);
    return this.#life.events.events(...listening);
  }

  background(name: string, work: (signal: AbortSignal) => Promise<unknown>): void {
    this.#check(`background("${name}")`);
    this.#life.background(name, work);
  }

  registerService(): never {
    throw this.#tooLate("registerService");
  }

  registerLazyService(): never {
    throw this.#tooLate("registerLazyService");
  }

  registerSettings(): never {
    throw this.#tooLate("registerSettings");
  }

  registerSetupHook(): never {
    throw this.#tooLate("registerSetupHook");
  }

  #getEntry(id: string, call: string): ServiceEntry {
    const entry = this.#findEntry(id, call);
    if (entry) return entry;
    throw unknownService(
      `Module "${this.moduleId}"`,
      id,
      findClosestName(id, this.#life.run.surroundings.services.ids),
    );
  }

  #findEntry(id: string, call: string): ServiceEntry | undefined {
    this.#check(`${call}("${id}")`);
    const { run } = this.#life;
    const entry = run.surroundings.services.find(id);
    const owner = entry?.owner?.run;
    if (!owner || owner === run) return entry;
    if (!run.dependencies.includes(owner)) throw undeclaredDependency(run.module, id, owner.id);
    this.#life.use(owner.id);
    return entry;
  }

  async #wait<T>(target: Activity, what: string, begin: () => Promise<T>, signal: AbortSignal): Promise<T> {
    signal.throwIfAborted();
    const endWait = beginWait(this.#waiter, target, what);
    try {
      return await withAbort(begin(), signal);
    } finally {
      endWait();
    }
  }

  #check(call: string): void {
    if (!this.#life.isOver) return;
    throw wrongPhase(this.moduleId, call, this.#life.run.state.status, "Use the context while its module is active.");
  }

  #tooLate(name: string): Error {
    const { status } = this.#life.run.state;
    return wrongPhase(this.moduleId, `${name}()`, status, "Call it in initialize, on the context of that hook.");
  }
}
