import { EventBus } from "../events/event-bus.js";
import type { Logger } from "../services/logger.js";
import { maskLogger } from "../services/mask-logger.js";
import { createSecretMask } from "../settings/secret-mask.js";
import type { StandardSchema } from "../settings/schema.js";
import type { SettingsLoader, SettingsOptions, SettingsSources } from "../settings/settings-loader.js";
import { type Clock, runWithClock, systemClock } from "../tasks/clock.js";
import { isTracing, type Tracer } from "../tasks/tracing.js";
import type { CompleteOptions } from "./application-options.js";
import { findClosestName } from "./closest-name.js";
import { HookWatch } from "./hook-watch.js";
import type { InstallationStore } from "./installation-store.js";
import type { ModuleRun } from "./module-run.js";
import type { ModuleState } from "./module-state.js";
import type { ServiceTable } from "./service-table.js";

/** Runs work on behalf of a module, in an async context of its own. */
export type Enclosure = <T>(moduleId: string, work: () => T) => T;

/** Told of each step of a module from one state to the next. */
export type TransitionListener = (moduleId: string, from: ModuleState, to: ModuleState) => void;

/** What an application has for its modules beside its options. */
export interface SharedParts {
  readonly services: ServiceTable;
  readonly onTransition: TransitionListener;
  /** What a test runs the work of each module in. */
  readonly enclose?: Enclosure | undefined;
}

/**
 * What all modules of an application share. Settings, installations and tracing are imported when they are first needed, so
 * that an application without them does not load them.
 */
export class Surroundings {
  readonly services: ServiceTable;
  readonly onTransition: TransitionListener;
  readonly enclose: Enclosure | undefined;
  readonly events: EventBus;
  readonly logger: Logger;
  readonly clock: Clock;
  readonly watch: HookWatch;
  readonly hookTimeoutMs: number;
  readonly slowHookMs: number;
  readonly modules = new Map<string, ModuleRun>();
  tracer: Tracer | undefined;
  readonly #settingsSources: SettingsSources;
  readonly #givenInstallations: InstallationStore | string | undefined;
  #settings: Promise<SettingsLoader> | undefined;
  #installations: Promise<InstallationStore> | undefined;

  constructor(options: CompleteOptions, parts: SharedParts) {
    const { clock, settingsDirectory: directory, environment, settings: overrides } = options;
    const mask = createSecretMask();
    this.services = parts.services;
    this.onTransition = parts.onTransition;
    this.enclose = byClock(clock, parts.enclose);
    this.clock = clock;
    this.watch = new HookWatch(clock);
    this.events = new EventBus({ clock });
    this.logger = maskLogger(options.logger, mask);
    this.#settingsSources = {
      ...(directory !== undefined && { directory }),
      ...(environment && { environment }),
      ...(overrides && { overrides }),
      onSecret: (secret) => mask.add(secret),
    };
    this.#givenInstallations = options.installations;
    this.hookTimeoutMs = options.hookTimeoutMs;
    this.slowHookMs = options.slowHookMs;
  }

  /** Without an OpenTelemetry SDK there is nobody to trace for. */
  async importTracer(): Promise<void> {
    if (!isTracing()) return;
    const { createTracer } = await import("../tasks/tracer.js");
    this.tracer = await createTracer();
  }

  async loadSettings(moduleId: string, schema: StandardSchema, options: SettingsOptions): Promise<unknown> {
    const loader = await (this.#settings ??= this.#importSettings());
    return loader.load(moduleId, schema, options);
  }

  getInstallations(): Promise<InstallationStore> {
    return (this.#installations ??= this.#importInstallations());
  }

  /** The module that a service or an event belongs to: that with the longest id which its name begins with. */
  findModuleOf(name: string): ModuleRun | undefined {
    for (let end = name.length; end > 0; end = name.lastIndexOf(".", end - 1)) {
      const module = this.modules.get(name.slice(0, end));
      if (module) return module;
    }
    return undefined;
  }

  findClosestModuleId(id: string): string | undefined {
    return findClosestName(id, this.modules.keys());
  }

  async #importSettings(): Promise<SettingsLoader> {
    const { SettingsLoader } = await import("../settings/settings-loader.js");
    const loader = new SettingsLoader(this.#settingsSources);
    for (const { source, moduleId } of await loader.findStrays([...this.modules.keys()])) {
      const closest = this.findClosestModuleId(moduleId);
      this.logger.warn("settings for a module that is not there", {
        source,
        module: moduleId,
        ...(closest && { closest }),
      });
    }
    return loader;
  }

  async #importInstallations(): Promise<InstallationStore> {
    if (typeof this.#givenInstallations === "object") return this.#givenInstallations;
    const { fileInstallationStore } = await import("./file-installation-store.js");
    return fileInstallationStore(this.#givenInstallations);
  }
}

/** The machine's clock needs no context: it is the one that work has without any. */
function byClock(clock: Clock, enclose: Enclosure | undefined): Enclosure | undefined {
  if (clock === systemClock) return enclose;
  return (moduleId, work) => runWithClock(clock, enclose ? () => enclose(moduleId, work) : work);
}
