import { access, realpath } from "node:fs/promises";
import { dirname, isAbsolute, join, relative, resolve, sep } from "node:path";
import { GeneratorError } from "../errors.js";

/** The folder that is checked, and what in it. */
export interface Targets {
  /** The nearest folder upwards with a package.json, every symbolic link resolved. */
  readonly workspace: string;
  /** Existing files and folders, relative to the workspace. */
  readonly paths: readonly string[];
}

/** Finds the workspace around `cwd`; the paths start from `cwd`, and none means the whole workspace. */
export async function findTargets(cwd: string, paths: readonly string[]): Promise<Targets> {
  const start = await findReal(cwd, "Give an existing folder to --cwd.");
  const workspace = await findWorkspace(start);
  const found = await Promise.all(paths.map((path) => findTarget(resolve(start, path), workspace)));
  return { workspace, paths: found.length === 0 ? ["."] : withoutOverlaps(found) };
}

/** True when a file or folder is one of the paths, or below one of them. */
export function isWithin(file: string, paths: readonly string[]): boolean {
  return paths.some((path) => path === "." || file === path || file.startsWith(`${path}${sep}`));
}

/** oxlint counts a file as often as it is named. */
function withoutOverlaps(paths: readonly string[]): string[] {
  const distinct = [...new Set(paths)];
  return distinct.filter(
    (path) =>
      !isWithin(
        path,
        distinct.filter((other) => other !== path),
      ),
  );
}

async function findWorkspace(start: string): Promise<string> {
  for (let folder = start; ; folder = dirname(folder)) {
    if (await exists(join(folder, "package.json"))) return folder;
    if (folder === dirname(folder)) break;
  }
  throw new GeneratorError(
    "WRONG_USAGE",
    `Nothing to check: neither ${start} nor a folder above it has a package.json. Go into a workspace, or name one with --cwd <folder>.`,
  );
}

async function findTarget(path: string, workspace: string): Promise<string> {
  const target = relative(workspace, await findReal(path, "Check the spelling; paths start from the current folder."));
  if (target !== ".." && !target.startsWith(`..${sep}`) && !isAbsolute(target)) return target || ".";
  throw new GeneratorError(
    "WRONG_USAGE",
    `${path} is outside the workspace ${workspace}. Check it from its own workspace with --cwd <folder>.`,
  );
}

async function findReal(path: string, remedy: string): Promise<string> {
  try {
    return await realpath(path);
  } catch (cause) {
    throw new GeneratorError("WRONG_USAGE", `${path} does not exist. ${remedy}`, { cause });
  }
}

function exists(file: string): Promise<boolean> {
  return access(file).then(
    () => true,
    () => false,
  );
}
