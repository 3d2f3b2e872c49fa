import type { ServiceId, ServiceOf } from "../services/registry.js";
import type { BootReport, ModuleReport } from "./boot-report.js";
import type { ModuleError } from "./module-error.js";
import type { ModuleTransition } from "./module-state.js";

/** A set of modules that boots, serves and stops together. */
export interface Application extends AsyncDisposable {
  /** The boot as it is now: status, modules with phases and timings, critical path. */
  readonly report: BootReport;

  /** Resolves when the application has stopped, for whatever reason. Never rejects. */
  readonly stopped: Promise<void>;

  /**
   * Boots: registration of all modules at once, then activation and start in dependency order. Calling it again gives
   * the same promise. If anything fails, what had been activated is stopped in reverse order before this rejects; with
   * `onModuleFailure: "isolate"` it resolves, and the report tells what failed.
   *
   * @throws ModuleError whose code says what is wrong: `CIRCULAR_DEPENDENCY`, `MISSING_DEPENDENCY`, `VERSION_MISMATCH`,
   * `DUPLICATE_MODULE`, `DUPLICATE_SERVICE`, `UNKNOWN_LIMIT`, `MODULES_DIRECTORY_UNREADABLE`, `MODULE_IMPORT_FAILED`,
   * `NOT_A_MODULE`, `HOOK_FAILED`, `HOOK_TIMED_OUT`, `DEADLOCK`, what a misused context throws, or `BOOT_STOPPED` after `stop()`.
   */
  start(): Promise<BootReport>;

  /**
   * Stops all modules in reverse dependency order; each gets its turn, whatever fails. During a boot it interrupts the
   * boot first. Calling it again gives the same promise.
   *
   * @throws ModuleError `STOP_FAILED` with every failure in `errors`, after all modules were stopped.
   */
  stop(): Promise<void>;

  /**
   * Finds everything that is wrong with the modules and their dependencies, without starting them: duplicate ids, missing
   * dependencies, versions out of range, circles with their path, unknown limits, and, by running the registration for
   * trial, services that are registered twice and `initialize` hooks that fail. Never rejects; an empty list is good.
   */
  validateDependencies(): Promise<readonly ModuleError[]>;

  /**
   * Starts a module that was stopped, failed or was blocked, and before it those it depends on that are not active.
   *
   * @throws ModuleError `UNKNOWN_MODULE`, `WRONG_PHASE` when the application is not running, or what failed; whatever this call
   * had begun has been stopped then.
   */
  startModule(id: string): Promise<void>;

  /**
   * Stops a module, and before it those that depend on it. The rest of the application goes on.
   *
   * @throws ModuleError `UNKNOWN_MODULE`, `WRONG_PHASE`, or `STOP_FAILED` after all of them were stopped.
   */
  stopModule(id: string): Promise<void>;

  /**
   * Stops a module with those that depend on it, and starts all of them again that were active before.
   *
   * @throws ModuleError as `stopModule` and `startModule` do.
   */
  restartModule(id: string): Promise<void>;

  /**
   * Stops a module with those that depend on it, runs its `uninstall` hook and forgets its installation, while the
   * modules that it depends on are still active. Started again, it is installed anew.
   *
   * @throws ModuleError `MODULE_UNAVAILABLE` when the module is not active, else as `stopModule` does.
   */
  uninstallModule(id: string): Promise<void>;

  /**
   * Calls the listener at every step of every module from one state to the next, until the function it gives back is
   * called. What the listener throws is logged.
   */
  onTransition(listener: (transition: ModuleTransition) => void): () => void;

  /**
   * A service of a running application, for `main.ts` and tests.
   *
   * @throws ModuleError `UNKNOWN_SERVICE`, `LAZY_SERVICE`, or `WRONG_PHASE` when the application is not running.
   */
  getService<Id extends ServiceId>(id: Id): ServiceOf<Id>;

  /** The modules in the order of their activation. During the boot it waits for those still to come. */
  modules(): AsyncIterable<ModuleReport>;
}
