import type { EventSubscriptions } from "../events/event-context.js";
import type { ActivationContext } from "../services/activation-context.js";
import type { Logger } from "../services/logger.js";
import type { ServiceId, ServiceOf } from "../services/registry.js";
import type { StandardSchema } from "../settings/schema.js";
import type { SettingsOptions } from "../settings/settings-loader.js";
import type { SetupHook } from "./hooks.js";

/** What `initialize` is given: phase 1, where a module registers what it brings and nothing else exists yet. */
export interface RegistrationContext extends EventSubscriptions {
  readonly moduleId: string;

  /** Writes lines that carry the module's id. */
  readonly logger: Logger;

  /** Aborts when the boot is given up or the hook ran out of time. */
  readonly signal: AbortSignal;

  /**
   * Offers a service to this module and to those that depend on it. It is disposed when the module stops.
   *
   * @throws ModuleError `DUPLICATE_SERVICE`, or `WRONG_PHASE` once `initialize` is done.
   */
  registerService<Id extends ServiceId>(id: Id, service: NoInfer<ServiceOf<Id>>): void;

  /**
   * Offers a service that is made when `getLazyService` first asks for it. One without settings is initialized then; one with
   * settings initializes the function itself, with the context that it is given.
   *
   * @throws ModuleError `DUPLICATE_SERVICE`, or `WRONG_PHASE` once `initialize` is done.
   */
  registerLazyService<Id extends ServiceId>(
    id: Id,
    create: (context: ActivationContext) => NoInfer<ServiceOf<Id> | Promise<ServiceOf<Id>>>,
  ): void;

  /**
   * Says that the module has settings of this schema: `context.getSettings(schema)` gives them in phase 2.
   *
   * @throws ModuleError `WRONG_PHASE` once `initialize` is done.
   */
  registerSettings(schema: StandardSchema, options?: SettingsOptions): void;

  /**
   * Adds activation work, run after `setupModule` in the order of registration.
   *
   * @throws ModuleError `WRONG_PHASE` once `initialize` is done.
   */
  registerSetupHook(hook: SetupHook): void;
}
