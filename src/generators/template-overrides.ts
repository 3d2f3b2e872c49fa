import { lstat, readdir } from "node:fs/promises";
import { dirname, join } from "node:path";
import { dependsOn, findUpwards } from "./workspace.js";

/** The folder of templates in a workspace. */
export const OVERRIDES = "templates";

/**
 * The workspace whose `templates/` come before ours: the one at `root`, or, while that is to be made, the one around it.
 * A folder called `templates` counts only where a configuration or a dependency says that the workspace is one of Phasewise.
 */
export async function findOverrides(root: string): Promise<string | undefined> {
  const place = await nearestFolder(root);
  if (place === root) return (await hasOverrides(root)) ? root : undefined;
  const around = await findOverridable(place);
  return around !== undefined && (await hasOverrides(around)) ? around : undefined;
}

/** The nearest folder, from the given one upwards, whose `templates/` are read. */
export function findOverridable(from: string): Promise<string | undefined> {
  return findUpwards(from, isMarked);
}

/** True when a folder has a configuration of Phasewise, or a package.json that depends on `phasewise`. */
export async function isMarked(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((): string[] => []);
  if (names.some((name) => /^phasewise\.config\.(?:js|mjs|ts|json)$/.test(name))) return true;
  return names.includes("package.json") && (await dependsOn(join(folder, "package.json"), "phasewise"));
}

async function hasOverrides(folder: string): Promise<boolean> {
  const isThere = (await lstat(join(folder, OVERRIDES)).catch(() => undefined)) !== undefined;
  return isThere && (await isMarked(folder));
}

async function nearestFolder(path: string): Promise<string> {
  const isThere = (await lstat(path).catch(() => undefined)) !== undefined;
  return isThere || path === dirname(path) ? path : nearestFolder(dirname(path));
}
