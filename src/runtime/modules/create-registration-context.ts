import type { ModuleEvents } from "../events/module-events.js";
import type { ActivationContext } from "../services/activation-context.js";
import type { Logger } from "../services/logger.js";
import type { StandardSchema } from "../settings/schema.js";
import type { SettingsOptions } from "../settings/settings-loader.js";
import { bindMethods } from "./bind-methods.js";
import { wrongPhase } from "./errors.js";
import type { SetupHook } from "./hooks.js";
import { LazyService } from "./lazy-service.js";
import type { ModuleLife } from "./module-life.js";
import type { RegistrationContext } from "./registration-context.js";

/** Makes the context of one life of a module. */
export function createRegistrationContext(life: ModuleLife): RegistrationContext {
  return new ModuleRegistrationContext(life) as RegistrationContext;
}

/** What only phase 2 has: hidden from the types, and there to fail with the remedy. */
const laterCalls = [
  "getService",
  "findService",
  "getLazyService",
  "getSettings",
  "waitForModule",
  "publish",
  "publishAndForget",
  "waitFor",
  "events",
  "background",
];

class ModuleRegistrationContext {
  readonly moduleId: string;
  readonly #life: ModuleLife;

  static {
    for (const name of laterCalls) {
      Object.defineProperty(this.prototype, name, {
        configurable: true,
        value(this: ModuleRegistrationContext, id?: unknown) {
          const call = `${name}(${typeof id === "string" ? `"${id}"` : ""})`;
          throw this.#misused(call, "Call it in setupModule, on the context of that hook.");
        },
      });
    }
    bindMethods(this.prototype);
  }

  constructor(life: ModuleLife) {
    this.moduleId = life.id;
    this.#life = life;
  }

  get logger(): Logger {
    return this.#life.logger;
  }

  get signal(): AbortSignal {
    return this.#life.scope.signal;
  }

  registerService(id: string, service: object): void {
    this.#register(`registerService("${id}")`);
    this.#life.addService(id, service);
  }

  registerLazyService(id: string, create: (context: ActivationContext) => unknown): void {
    this.#register(`registerLazyService("${id}")`);
    this.#life.addService(id, new LazyService(id, create));
  }

  registerSettings(schema: StandardSchema, options: SettingsOptions = {}): void {
    this.#register("registerSettings()");
    this.#life.addSettings(schema, options);
  }

  registerSetupHook(hook: SetupHook): void {
    this.#register("registerSetupHook()");
    this.#life.addSetupHook(hook);
  }

  subscribe(...subscription: Parameters<ModuleEvents["subscribe"]>) {
    this.#register(`subscribe("${subscription[0]}")`);
    this.#life.useEvents(subscription[0]);
    return this.#life.events.subscribe(...subscription);
  }

  once(...subscription: Parameters<ModuleEvents["once"]>) {
    this.#register(`once("${subscription[0]}")`);
    this.#life.useEvents(subscription[0]);
    return this.#life.events.once(...subscription);
  }

  #register(call: string): void {
    const { run } = this.#life;
    if (run.state.status === "registering" && run.life === this.#life) return;
    throw this.#misused(call, "Call it in initialize, and await all work that leads to it.");
  }

  #misused(call: string, remedy: string): Error {
    return wrongPhase(this.moduleId, call, this.#life.run.state.status, remedy);
  }
}
