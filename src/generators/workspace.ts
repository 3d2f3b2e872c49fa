import { readFile, realpath, stat } from "node:fs/promises";
import { dirname, join } from "node:path";
import { GeneratorError } from "./errors.js";

const RUNTIME = "@phasewise/runtime";

/** The nearest folder, from the given one upwards, whose package.json depends on `@phasewise/runtime`. */
export async function findWorkspace(from: string): Promise<string> {
  const start = await realFolder(from);
  const found = await findUpwards(start, (folder) => dependsOn(join(folder, "package.json"), RUNTIME));
  if (found !== undefined) return found;
  throw new GeneratorError(
    "NO_WORKSPACE",
    `No Phasewise workspace here: neither ${start} nor a folder above it has a package.json that depends on ${RUNTIME}. ` +
      "Go into an application, name one with --cwd <folder>, or make one with: phasewise create app <folder>",
  );
}

/** The nearest folder, from the given one upwards, that has a file which marks the workspace of a generator. */
export async function findMarkedWorkspace(from: string, file: string): Promise<string> {
  const start = await realFolder(from);
  const found = await findMarked(start, file);
  if (found !== undefined) return found;
  const where = `neither ${start} nor a folder above it has ${file}`;
  const message = file.startsWith("phasewise.config")
    ? `Not in the workspace of this generator: ${where}, which names it. Go into the workspace`
    : `Not in the repository of Phasewise: ${where}, which is to be edited. Go into a clone of the repository`;
  throw new GeneratorError("NO_WORKSPACE", `${message}, or name one with --cwd <folder>.`);
}

/** The nearest folder, from the given one upwards, that has this file. */
export function findMarked(start: string, file: string): Promise<string | undefined> {
  return findUpwards(start, (folder) => isFile(join(folder, file)));
}

/** The folder that a command is run for, with every symbolic link resolved. */
export async function realFolder(path: string): Promise<string> {
  try {
    return await realpath(path);
  } catch {
    throw new GeneratorError("WRONG_USAGE", `The folder ${path} does not exist. Give an existing one to --cwd.`);
  }
}

/** The nearest folder, from the given one upwards, that is wanted. */
export async function findUpwards(
  start: string,
  isWanted: (folder: string) => Promise<boolean>,
): Promise<string | undefined> {
  for (let folder = start; ; folder = dirname(folder)) {
    if (await isWanted(folder)) return folder;
    if (folder === dirname(folder)) return undefined;
  }
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => undefined))?.isFile() ?? false;
}

/** True when a package.json is there, and names a package among its dependencies of any kind. */
export async function dependsOn(manifestFile: string, name: string): Promise<boolean> {
  const text = await readFile(manifestFile, "utf8").catch(() => undefined);
  if (text === undefined) return false;
  const { dependencies, devDependencies, peerDependencies } = parseManifest(manifestFile, text);
  return [dependencies, devDependencies, peerDependencies].some((names) => names?.[name] !== undefined);
}

type Manifest = Partial<Record<"dependencies" | "devDependencies" | "peerDependencies", Record<string, string>>>;

function parseManifest(file: string, text: string): Manifest {
  try {
    return (JSON.parse(text.replace(/^\uFEFF/, "")) ?? {}) as Manifest;
  } catch (cause) {
    throw new GeneratorError("NO_WORKSPACE", `${file} is not valid JSON. Repair it, then run the command again.`, {
      cause,
    });
  }
}
