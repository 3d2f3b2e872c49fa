import type { CompleteOptions } from "./application-options.js";
import { findClosestName } from "./closest-name.js";
import type { Module } from "./define-module.js";
import { unknownLimit } from "./errors.js";
import type { ModuleError } from "./module-error.js";
import { linkModules } from "./module-graph.js";
import { ModuleRun } from "./module-run.js";
import type { Surroundings } from "./surroundings.js";

export interface Assembly {
  /** Each module after those it depends on; those of a circle, and what depends on them, come last. */
  readonly runs: readonly ModuleRun[];
  readonly problems: readonly ModuleError[];
}

/**
 * Finds the modules of an application, links them, and lists what is wrong with them.
 *
 * @throws ModuleError when they cannot even be read.
 */
export async function assembleModules(options: CompleteOptions, surroundings: Surroundings): Promise<Assembly> {
  const { modules, modulesDirectory, limits } = options;
  const found = modules?.map((module) => ({ module, file: undefined })) ?? (await discover(modulesDirectory!));
  const runs = found.map(({ module, file }) => new ModuleRun(module, file, surroundings));
  const { order, problems } = linkModules(runs, runs.some(hasRange) ? await import("./version-range.js") : undefined);
  for (const run of runs) surroundings.modules.set(run.id, run);
  return {
    runs: [...new Set([...order, ...runs])],
    problems: [...problems, ...found.flatMap(({ module }) => findUnknownLimits(module, limits))],
  };
}

async function discover(directory: string | URL) {
  const { discoverModules } = await import("./discover-modules.js");
  return discoverModules(directory);
}

const none: readonly never[] = [];

function hasRange({ module: { dependencies, optionalDependencies } }: ModuleRun): boolean {
  return dependencies.some(({ version }) => version) || optionalDependencies.some(({ version }) => version);
}

function findUnknownLimits({ id, limits }: Module, known: object): readonly ModuleError[] {
  if (!limits) return none;
  const unknown = limits.filter((name) => !Object.hasOwn(known, name));
  return unknown.map((name) => unknownLimit(id, name, findClosestName(name, Object.keys(known))));
}
