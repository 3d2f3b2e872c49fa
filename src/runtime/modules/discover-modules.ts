import { readdir } from "node:fs/promises";
import { join, resolve } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { isModule, type Module } from "./define-module.js";
import { importFailed, notAModule, unreadableDirectory } from "./errors.js";
import { isNotEmpty, joinErrors, ModuleError } from "./module-error.js";

export interface FoundModule {
  readonly module: Module;
  /** The absolute path of its `module.ts` or `module.js`. */
  readonly file: string;
}

/**
 * Imports the default export of every `module.js` and `module.ts` at or below the directory, sorted by path. Of the two
 * in one folder it takes `module.js`. Folders named `node_modules` or with a leading dot are not searched.
 *
 * @throws ModuleError `MODULES_DIRECTORY_UNREADABLE`, `MODULE_IMPORT_FAILED`, `NOT_A_MODULE`; joined if there are several.
 */
export async function discoverModules(directory: string | URL): Promise<FoundModule[]> {
  const root = typeof directory === "string" ? resolve(directory) : fileURLToPath(directory);
  const files = await findModuleFiles(root);
  const imported = await Promise.all(files.sort().map(importModule));
  const errors = imported.filter((module) => module instanceof ModuleError);
  if (isNotEmpty(errors)) throw joinErrors(errors);
  return imported.filter((module): module is FoundModule => !(module instanceof ModuleError));
}

async function findModuleFiles(folder: string): Promise<string[]> {
  const entries = await readEntries(folder);
  const own = ["module.js", "module.ts"].find((name) => entries.some((entry) => entry.isFile() && entry.name === name));
  const folders = entries.filter((entry) => entry.isDirectory() && !/^(\.|node_modules$)/.test(entry.name));
  const nested = await Promise.all(folders.map(({ name }) => findModuleFiles(join(folder, name))));
  return [...(own === undefined ? [] : [join(folder, own)]), ...nested.flat()];
}

async function readEntries(folder: string) {
  try {
    return await readdir(folder, { withFileTypes: true });
  } catch (cause) {
    throw unreadableDirectory(folder, cause);
  }
}

async function importModule(file: string): Promise<FoundModule | ModuleError> {
  try {
    const exports: { default?: unknown } = await import(pathToFileURL(file).href);
    return isModule(exports.default) ? { module: exports.default, file } : notAModule(`The default export of ${file}`);
  } catch (cause) {
    return importFailed(file, cause);
  }
}
