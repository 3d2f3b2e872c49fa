import type { EventContext } from "../events/event-context.js";
import type { StandardSchema } from "../settings/schema.js";
import type { Logger } from "./logger.js";
import type { ServiceId, ServiceOf } from "./registry.js";

/** What `setupModule`, `install`, `start`, `stop`, `uninstall` and `Service.onInitialize` are given: phase 2, where other services exist. */
export interface ActivationContext extends EventContext {
  readonly moduleId: string;

  /** Writes lines that carry the module's id. */
  readonly logger: Logger;

  /** Aborts when a hook of the module ran out of time, when the boot is given up, and once the module's `stop` is done. */
  readonly signal: AbortSignal;

  /**
   * The service of this id, of this module or of one of its dependencies.
   *
   * @throws ModuleError `UNKNOWN_SERVICE`, `UNDECLARED_DEPENDENCY`, `LAZY_SERVICE` when it is lazy and has not been made, or
   * `WRONG_PHASE` when the module has been stopped.
   */
  getService<Id extends ServiceId>(id: Id): ServiceOf<Id>;

  /** The same, for a module in `optionalDependencies`: nothing when no module has registered the service. */
  findService<Id extends ServiceId>(id: Id): ServiceOf<Id> | undefined;

  /**
   * The service of this id, made now if it was registered with `registerLazyService` and this is its first use. All who ask
   * in the meantime wait for the same one.
   *
   * @throws ModuleError as `getService`, `LAZY_SERVICE_FAILED` when it could not be made, or `DEADLOCK` with the circle when making
   * it waits for what waits for it.
   */
  getLazyService<Id extends ServiceId>(id: Id, options?: WaitOptions): Promise<ServiceOf<Id>>;

  /**
   * The settings of this module, read and validated when they are first asked for; the same object each time.
   *
   * @throws SettingsError `INVALID_SETTINGS` with every issue and its source, or `SETTINGS_UNREADABLE`.
   * @throws ModuleError `UNKNOWN_SETTINGS` when the schema was not registered in `initialize`.
   */
  getSettings<Output>(schema: StandardSchema<Output>): Promise<Output>;

  /**
   * Waits until another module is active, whether this one depends on it or not.
   *
   * @throws ModuleError `UNKNOWN_MODULE`, `MODULE_UNAVAILABLE` when it failed, was blocked or was stopped, or `DEADLOCK` with the
   * circle when that module waits for this one.
   */
  waitForModule(id: string, options?: WaitOptions): Promise<void>;

  /**
   * Runs work for as long as the module lives. When the module stops, `signal` aborts and the work is awaited. What it
   * rejects with, or a Failure, is logged with its name.
   */
  background(name: string, work: (signal: AbortSignal) => Promise<unknown>): void;
}

/** What a waiting call takes. */
export interface WaitOptions {
  /** Ends the waiting with the signal's reason; the module's own signal by default. */
  readonly signal?: AbortSignal;
}
