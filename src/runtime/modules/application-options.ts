import { createLogger } from "../services/create-logger.js";
import type { Logger } from "../services/logger.js";
import type { Environment } from "../settings/environment-layers.js";
import { type Clock, systemClock } from "../tasks/clock.js";
import { isModule, type Module } from "./define-module.js";
import { invalidOption, notAModule } from "./errors.js";
import type { InstallationStore } from "./installation-store.js";
import type { FailurePolicy } from "./module-boot.js";

/** How an application runs, wherever its modules come from. */
export interface BootOptions {
  /** How many modules may be activated, started or stopped at the same time; unlimited by default. */
  readonly maxConcurrency?: number;
  /** Named caps for the modules that name them in their `limits`: `{ database: 4 }`. */
  readonly limits?: Readonly<Record<string, number>>;
  /** How long one hook may take, in milliseconds; 30 seconds by default. */
  readonly hookTimeoutMs?: number;
  /** After how many milliseconds a hook that still runs is logged as slow; a third of `hookTimeoutMs` by default. */
  readonly slowHookMs?: number;
  /**
   * With `abort`, the default, the first module that fails ends the boot, and what had begun is stopped in reverse order.
   * With `isolate` only those that depend on it are blocked, and the application runs without them.
   */
  readonly onModuleFailure?: FailurePolicy;
  /** The settings by module id that are stronger than those of files and environment. */
  readonly settings?: Readonly<Record<string, unknown>>;
  /** The folder of the settings files; `settings` in the working directory by default. */
  readonly settingsDirectory?: string | URL;
  /** The environment variables that settings are read from; those of the process by default. */
  readonly environment?: Environment;
  /** Where it is remembered which modules are installed: a store, or a folder for files; `.phasewise/installations` by default. */
  readonly installations?: InstallationStore | string;
  /** Where log lines go; standard error by default. */
  readonly logger?: Logger;
  /** Where time comes from; the machine's clock by default. All work of the application then runs by this clock. */
  readonly clock?: Clock;
}

/** What `createApplication` takes: where the modules are, or the modules themselves. */
export type ApplicationOptions = BootOptions &
  (
    | {
        /** The folder below which every `module.js` or `module.ts` is a module; relative to the working directory. */
        readonly modulesDirectory: string | URL;
        readonly modules?: never;
      }
    | { readonly modules: readonly Module[]; readonly modulesDirectory?: never }
  );

/** The options with their defaults. */
export type CompleteOptions = ReturnType<typeof completeOptions>;

/** Completes the options, once they are known to make sense. */
export function completeOptions(options: ApplicationOptions) {
  checkModules(options);
  const { maxConcurrency = Infinity, limits = {}, hookTimeoutMs = 30_000, slowHookMs = hookTimeoutMs / 3 } = options;
  const { onModuleFailure = "abort", logger = createLogger(), clock = systemClock } = options;
  checkLimit("maxConcurrency", maxConcurrency);
  for (const [name, limit] of Object.entries(limits)) checkLimit(`limits.${name}`, limit);
  checkDuration("hookTimeoutMs", hookTimeoutMs);
  checkDuration("slowHookMs", slowHookMs);
  if (onModuleFailure !== "abort" && onModuleFailure !== "isolate") {
    throw invalidOption("onModuleFailure", '"abort" or "isolate"', onModuleFailure);
  }
  return {
    ...options,
    maxConcurrency,
    limits,
    hookTimeoutMs,
    slowHookMs,
    onModuleFailure,
    logger,
    clock,
  };
}

function checkModules({ modules, modulesDirectory }: ApplicationOptions): void {
  if ((modules === undefined) === (modulesDirectory === undefined)) {
    throw invalidOption("modules or modulesDirectory", "given, and not both", modules);
  }
  if (modulesDirectory instanceof URL && modulesDirectory.protocol !== "file:") {
    throw invalidOption("modulesDirectory", "a path or a file: URL", modulesDirectory);
  }
  const stranger = modules?.findIndex((module) => !isModule(module)) ?? -1;
  if (stranger >= 0) throw notAModule(`modules[${stranger}]`);
}

function checkLimit(name: string, limit: number): void {
  if (!(limit === Infinity || Number.isInteger(limit)) || limit < 1) {
    throw invalidOption(name, "a whole number from 1 upwards", limit);
  }
}

function checkDuration(name: string, durationMs: number): void {
  if (!(durationMs > 0 && durationMs < 2 ** 31)) {
    throw invalidOption(name, "a number of milliseconds above 0 and below 2^31", durationMs);
  }
}
