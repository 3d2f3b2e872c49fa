import { inspect } from "node:util";
import { describeFailure } from "../results/errors.js";
import { isFailure } from "../results/is-failure.js";
import type { Module, ModuleDependency } from "./define-module.js";
import { listMessages, ModuleError, separate } from "./module-error.js";

export const invalidOption = (name: string, expectation: string, value: unknown) =>
  new ModuleError("INVALID_OPTION", `createApplication: ${name} must be ${expectation}, not ${String(value)}.`);

export const invalidModule = (id: unknown, problem: string) =>
  new ModuleError("INVALID_MODULE", `defineModule: ${JSON.stringify(id)} is not a valid module: ${problem}.`);

export const unreadableDirectory = (directory: string, cause: unknown) =>
  new ModuleError(
    "MODULES_DIRECTORY_UNREADABLE",
    `The modules directory ${directory} ${hasCode(cause, "ENOENT") ? "does not exist" : "cannot be read"}. ` +
      "Give createApplication the folder that holds the modules, as modulesDirectory.",
    { cause },
  );

export const importFailed = (file: string, cause: unknown) =>
  new ModuleError(
    "MODULE_IMPORT_FAILED",
    `Importing ${file} failed: ${describe(cause)}` +
      (hasCode(cause, "ERR_UNKNOWN_FILE_EXTENSION")
        ? ". Compile it, and give the folder of the compiled modules."
        : ""),
    { cause },
  );

export const notAModule = (where: string) =>
  new ModuleError("NOT_A_MODULE", `${where} is not a module: export default defineModule({ … }).`);

export const duplicateModule = (id: string, origins: readonly string[]) =>
  new ModuleError(
    "DUPLICATE_MODULE",
    `Several modules have the id "${id}": ${origins.join(" and ")}. Rename one of them.`,
  );

export const missingDependency = (module: string, dependency: string, closest: string | undefined) =>
  new ModuleError(
    "MISSING_DEPENDENCY",
    `Module "${module}" depends on "${dependency}", and no module has that id.` +
      (closest === undefined ? " Add that module, or remove the dependency." : ` Did you mean "${closest}"?`),
  );

export const versionMismatch = (module: string, dependency: string, range: string, version: string) =>
  new ModuleError(
    "VERSION_MISMATCH",
    `Module "${module}" depends on "${dependency}" ${range}, and that has the version ${version}. ` +
      "Change the range in its module.ts, or use another version of the dependency.",
  );

export const unknownLimit = (module: string, limit: string, closest: string | undefined) =>
  new ModuleError(
    "UNKNOWN_LIMIT",
    `Module "${module}" runs under the limit "${limit}", which the application does not have.` +
      (closest === undefined ? ` Give createApplication limits: { "${limit}": … }.` : ` Did you mean "${closest}"?`),
  );

export const unknownModule = (asker: string, id: string, closest: string | undefined) =>
  new ModuleError(
    "UNKNOWN_MODULE",
    `${asker} "${id}", and no module has that id.` + (closest === undefined ? "" : ` Did you mean "${closest}"?`),
  );

export const moduleUnavailable = (asker: string, id: string, status: string, remedy: string) =>
  new ModuleError("MODULE_UNAVAILABLE", `${asker} "${id}", which is ${status}. ${remedy}`);

export const deadlock = (sentences: readonly string[]) =>
  new ModuleError(
    "DEADLOCK",
    `None of these can go on:\n${sentences.map((sentence) => `- ${sentence}`).join("\n")}\n` +
      "Remove one of the waits, or wait in start or in a background task.",
  );

export const lazyServiceNotMade = (module: string, id: string) =>
  new ModuleError(
    "LAZY_SERVICE",
    `Module "${module}" asked for the lazy service "${id}", which has not been made yet. Await context.getLazyService("${id}").`,
  );

export const lazyServiceFailed = (id: string, cause: unknown) =>
  new ModuleError("LAZY_SERVICE_FAILED", `The lazy service "${id}" could not be made: ${describe(cause)}`, { cause });

export const unknownSettings = (module: string) =>
  new ModuleError(
    "UNKNOWN_SETTINGS",
    `Module "${module}" asked for settings of a schema that it has not registered. ` +
      "Call context.registerSettings(schema) in its initialize.",
  );

/** A defect of the runtime itself: the table of transitions in module-state.ts is wrong, or a caller of `moveTo`. */
export const impossibleTransition = (module: string, from: string, to: string) =>
  new Error(`Module "${module}" cannot go from ${from} to ${to}`);

export const circularDependency = (path: readonly string[]) =>
  new ModuleError(
    "CIRCULAR_DEPENDENCY",
    `Modules depend on each other in a circle: ${path.join(" → ")}. Remove one of these dependencies.`,
  );

export const duplicateService = (id: string, owners: readonly [string, string]) =>
  new ModuleError(
    "DUPLICATE_SERVICE",
    `The service "${id}" is registered ${
      owners[0] === owners[1]
        ? `twice by module "${owners[0]}"`
        : `by module "${owners[0]}" and by module "${owners[1]}"`
    }. A service has one owner: remove one registration, or choose another id.`,
  );

export const unknownService = (asker: string, id: string, closest: string | undefined) =>
  new ModuleError(
    "UNKNOWN_SERVICE",
    `${asker} asked for the service "${id}", which no module registers.` +
      (closest === undefined ? " Register it in the initialize hook of its module." : ` Did you mean "${closest}"?`),
  );

export const undeclaredDependency = ({ id, dependencies }: Module, service: string, owner: string) =>
  new ModuleError(
    "UNDECLARED_DEPENDENCY",
    `Module "${id}" asked for the service "${service}" of module "${owner}" without depending on it. Add to its module.ts:\n` +
      `  dependencies: [${[...dependencies, { id: owner }].map(writeDependency).join(", ")}],`,
  );

function writeDependency({ id, version }: ModuleDependency): string {
  return version === undefined ? `"${id}"` : `{ id: "${id}", version: "${version}" }`;
}

export const wrongPhase = (module: string, call: string, status: string, remedy: string) =>
  new ModuleError(
    "WRONG_PHASE",
    `Module "${module}" called ${call} ${phaseNames[status] ?? `while it was ${status}`}. ${remedy}`,
  );

export const notRunning = (call: string, status: string) =>
  new ModuleError("WRONG_PHASE", `${call} was called while the application was ${status}. Await app.start() first.`);

const phaseNames: Readonly<Record<string, string>> = {
  known: "before phase 1 (registration)",
  registering: "in phase 1 (registration)",
  registered: "after phase 1 (registration)",
  activating: "in phase 2 (activation)",
  active: "after phase 2 (activation)",
};

export const hookFailed = (module: string, hook: string, elapsedMs: number, cause: unknown) =>
  new ModuleError(
    "HOOK_FAILED",
    `Module "${module}": ${hook} failed after ${Math.round(elapsedMs)} ms: ${describe(cause)}`,
    { cause },
  );

export interface Hang {
  readonly elapsedMs: number;
  /** Who waits for the hook. */
  readonly waiting: readonly string[];
  /** What the hook waits for, as far as it is known. */
  readonly awaited: readonly string[];
}

export const hookTimedOut = (module: string, hook: string, { elapsedMs, waiting, awaited }: Hang) =>
  new ModuleError(
    "HOOK_TIMED_OUT",
    `Module "${module}": ${hook} was not done after ${Math.round(elapsedMs)} ms. ` +
      (awaited.length > 0 ? `It awaits ${awaited.join(" and ")}. ` : "") +
      `${waiting.length > 0 ? `Waiting for it: ${waiting.join(", ")}.` : "No module waits for it."} ` +
      "Let it end when context.signal aborts, or raise hookTimeoutMs.",
  );

export const bootStopped = () => new ModuleError("BOOT_STOPPED", "The application was stopped before it had started.");

export const stopFailed = (errors: readonly ModuleError[]) =>
  new ModuleError(
    "STOP_FAILED",
    `All modules were stopped, but something failed on the way:\n${listMessages(separate(errors))}`,
    { errors: separate(errors) },
  );

export const stopTimedOut = (elapsedMs: number) =>
  new ModuleError(
    "STOP_FAILED",
    `The application had not stopped after ${Math.round(elapsedMs)} ms (shutdownTimeoutMs).`,
  );

function describe(cause: unknown): string {
  if (isFailure(cause)) return describeFailure(cause.error);
  if (cause instanceof Error) return cause.message || cause.name;
  return typeof cause === "string" ? cause : inspect(cause);
}

function hasCode(cause: unknown, code: string): boolean {
  return cause instanceof Error && "code" in cause && cause.code === code;
}
