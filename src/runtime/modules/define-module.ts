import type { ActivationContext } from "../services/activation-context.js";
import { invalidModule } from "./errors.js";
import { type HookOutcome, type ModuleHook, moduleHooks } from "./hooks.js";
import type { RegistrationContext } from "./registration-context.js";

/** A module that another one needs, in a certain version where that matters. */
export interface ModuleDependency {
  readonly id: string;
  /** A range of versions as npm writes them, such as `^2` or `>=1.4 <3`; any version when it is left out. */
  readonly version?: string;
}

/** What `install` is told beside its context. */
export interface InstallationChange {
  /** The version that was installed before; `undefined` the first time. */
  readonly previousVersion: string | undefined;
}

/** What `defineModule` takes. It may be `AsyncDisposable`: it is disposed after `stop` and after its services. */
export interface ModuleDefinition extends Partial<AsyncDisposable> {
  /** Dotted segments of lowercase letters, digits and hyphens: `billing`, `core.database`. */
  readonly id: string;
  /** A semantic version: `1.0.0`. */
  readonly version: string;
  /** The modules that must be active before this one is activated. Only their services may be used. */
  readonly dependencies?: readonly (string | ModuleDependency)[];
  /** The same, for modules that need not be there: `context.findService` gives their services, or nothing. */
  readonly optionalDependencies?: readonly (string | ModuleDependency)[];
  /** The named limits, of the application's `limits`, under which the hooks of phase 2, `start` and `stop` run. */
  readonly limits?: readonly string[];
  /** How long a hook may take, in milliseconds, where the application's `hookTimeoutMs` does not fit. */
  readonly hookTimeoutMs?: { readonly [Hook in ModuleHook]?: number };

  /** Phase 1: registers services, settings, event handlers and setup hooks. No I/O and no other service; all modules run it at the same time. */
  initialize?(context: RegistrationContext): Promise<HookOutcome>;
  /** Phase 2: connects to the outside and initializes services, as soon as all dependencies are active. */
  setupModule?(context: ActivationContext): Promise<HookOutcome>;
  /** Once for each version, at the end of the activation: prepares what lasts, such as tables. The module is active when it is done. */
  install?(context: ActivationContext, change: InstallationChange): Promise<HookOutcome>;
  /** Begins to serve, once the module is active and all dependencies have started. */
  start?(context: ActivationContext): Promise<HookOutcome>;
  /** Drains what `start` began, before any dependency stops. Runs for each module whose activation succeeded. */
  stop?(context: ActivationContext): Promise<HookOutcome>;
  /** Removes what `install` prepared, after `stop`: for `app.uninstallModule`. */
  uninstall?(context: ActivationContext): Promise<HookOutcome>;
}

const brand: unique symbol = Symbol.for("phasewise.module");

/** A checked definition; only `defineModule` makes one. */
export interface Module extends ModuleDefinition {
  readonly dependencies: readonly ModuleDependency[];
  readonly optionalDependencies: readonly ModuleDependency[];
  readonly [brand]: true;
}

/**
 * Declares a module: the default export of its `module.ts`.
 *
 * @throws ModuleError `INVALID_MODULE` for a malformed id, version, list of dependencies or of limits, a hook that is no function, or a
 * timeout that is no duration.
 *
 * @example
 * ```ts
 * import { defineModule, Result } from "@phasewise/runtime";
 *
 * export default defineModule({
 *   id: "billing",
 *   version: "1.0.0",
 *   dependencies: ["core.database", { id: "mail", version: "^2" }],
 *   async setupModule(context) {
 *     context.logger.info("activating");
 *     return Result.success(undefined);
 *   },
 * });
 * ```
 */
export function defineModule(definition: ModuleDefinition): Module {
  const { id, version } = definition;
  if (!isModuleId(id)) throw invalidModule(id, 'its id must be dotted kebab-case such as "billing" or "core.database"');
  if (!semanticVersion.test(version)) throw invalidModule(id, 'it needs a semantic version such as "1.0.0"');
  for (const hook of moduleHooks) {
    if (definition[hook] !== undefined && typeof definition[hook] !== "function") {
      throw invalidModule(id, `its ${hook} must be an async function`);
    }
  }
  for (const [hook, timeoutMs] of Object.entries(definition.hookTimeoutMs ?? {})) {
    if (timeoutMs > 0 && timeoutMs < 2 ** 31) continue;
    throw invalidModule(id, `its hookTimeoutMs.${hook} must be a number of milliseconds above 0 and below 2^31`);
  }
  if (!isListOfNames(definition.limits ?? [])) {
    throw invalidModule(id, 'its limits must be a list of names, ["database"]');
  }
  const dependencies = readDependencies(definition, "dependencies");
  const optionalDependencies = readDependencies(definition, "optionalDependencies");
  const twice = optionalDependencies.find((optional) => dependencies.some((required) => required.id === optional.id));
  if (twice) throw invalidModule(id, `it names "${twice.id}" in dependencies and in optionalDependencies`);
  return Object.freeze({ ...definition, dependencies, optionalDependencies, [brand]: true as const });
}

/** Was this value, of whatever origin, made by `defineModule`? */
export function isModule(value: unknown): value is Module {
  return typeof value === "object" && value !== null && brand in value;
}

const noDependencies: readonly ModuleDependency[] = Object.freeze([]);

function readDependencies(
  definition: ModuleDefinition,
  list: "dependencies" | "optionalDependencies",
): readonly ModuleDependency[] {
  const entries: unknown = definition[list] ?? noDependencies;
  if (!Array.isArray(entries))
    throw invalidModule(definition.id, `its ${list} must be a list of ids, ["core.database"]`);
  if (entries.length === 0) return noDependencies;

  const found = new Map<string, ModuleDependency>();
  for (const entry of entries) {
    const dependency = readDependency(definition.id, entry, list);
    found.set(dependency.id, { ...found.get(dependency.id), ...dependency });
  }
  return [...found.values()];
}

function readDependency(id: string, entry: unknown, list: string): ModuleDependency {
  const dependency = (typeof entry === "string" ? { id: entry } : entry) as
    Partial<ModuleDependency> | null | undefined;
  if (!isModuleId(dependency?.id)) {
    throw invalidModule(id, `${JSON.stringify(entry)} among its ${list} is neither a module id nor { id, version }`);
  }
  if (dependency.id === id) throw invalidModule(id, `it names itself among its ${list}`);
  return dependency as ModuleDependency;
}

const semanticVersion = /^\d+\.\d+\.\d+(?:[-+][\w.+-]+)?$/;
const segment = "[a-z][a-z0-9]*(?:-[a-z0-9]+)*";
const moduleId = new RegExp(`^${segment}(?:\\.${segment})*$`);

function isListOfNames(value: unknown): boolean {
  return Array.isArray(value) && value.every((name) => typeof name === "string" && name !== "");
}

function isModuleId(id: unknown): id is string {
  return typeof id === "string" && moduleId.test(id);
}
