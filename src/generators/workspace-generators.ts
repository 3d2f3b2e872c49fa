import { readFile, readdir } from "node:fs/promises";
import { basename, dirname, join, resolve } from "node:path";
import { brokenConfiguration } from "./configuration/broken.js";
import { findConfigFile } from "./configuration/find-file.js";
import { loadConfigFile } from "./configuration/load-file.js";
import { createShapeChecks } from "./configuration/shape.js";
import type { Generator } from "./define-generator.js";
import { readDefinition } from "./read-definition.js";
import { findUpwards } from "./workspace.js";

/**
 * The generators that the configuration around a folder names. Nothing is loaded when its text has no `generators`, so that
 * a workspace without any pays nothing. A kind of ours is not to be named again: `kinds` has them.
 */
export async function findWorkspaceGenerators(cwd: string, kinds: readonly string[]): Promise<Generator[]> {
  const root = await findUpwards(resolve(cwd), hasConfiguration);
  const file = root === undefined ? undefined : await findConfigFile(root, root);
  if (root === undefined || file === undefined || !(await readFile(file, "utf8")).includes("generators")) return [];
  const source = basename(file);
  const check = createShapeChecks(source);
  const { generators = [] } = check.record(await loadConfigFile(file, source), "the configuration");
  const entries = check.list(generators, "`generators`", "definitions, or names of packages or files that export them");
  const loaded = await Promise.all(entries.map((entry) => readEntry(entry, file)));
  const found = loaded.flat();
  rejectTwins(found, kinds, source);
  return found.map((generator) => ({ ...generator, workspaceFile: source }));
}

async function hasConfiguration(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((): string[] => []);
  return names.some((name) => /^phasewise\.config\.[a-z0-9]+$/.test(name));
}

/** A definition is taken as it is; a name stands for all that a package or a file exports. */
async function readEntry(entry: unknown, file: string): Promise<Generator[]> {
  if (typeof entry !== "string") return [readDefinition(entry, file, basename(file))];
  const { place, exported } = await importEntry(entry, file);
  return exported.map((definition) => readDefinition(definition, place, entry));
}

async function importEntry(entry: string, file: string): Promise<{ place: string; exported: readonly unknown[] }> {
  try {
    const { createJiti } = await import("jiti");
    const jiti = createJiti(file, { fsCache: false, moduleCache: false, interopDefault: false });
    const place = jiti.esmResolve(entry, { parentURL: file });
    const module = await jiti.import<{ default?: unknown; generators?: unknown }>(place);
    const exported = module.generators ?? module.default;
    if (exported === undefined) throw new Error("It exports neither a default nor `generators`");
    return { place, exported: [exported].flat() };
  } catch (cause) {
    const { message } = cause as Error;
    throw brokenConfiguration(basename(file), `the generators of ${entry} cannot be loaded. ${message}`, { cause });
  }
}

function rejectTwins(found: readonly Generator[], kinds: readonly string[], source: string): void {
  for (const [index, { name, file }] of found.entries()) {
    const place = `the generator ${name} of ${describePlace(file)}`;
    const twin = found.slice(0, index).find((other) => other.name === name);
    if (kinds.includes(name)) throw brokenConfiguration(source, clash(place, `the kind ${name} of Phasewise`));
    if (twin) throw brokenConfiguration(source, clash(place, `the one of ${describePlace(twin.file)}`));
  }
}

function clash(one: string, other: string): string {
  return `${one} has the name of ${other}. Give it another name.`;
}

function describePlace(file: string | undefined): string {
  return file === undefined ? "the configuration" : join(basename(dirname(file)), basename(file)).replaceAll("\\", "/");
}
