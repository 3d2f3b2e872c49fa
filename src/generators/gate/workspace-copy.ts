import { type Dirent } from "node:fs";
import { copyFile, mkdir, mkdtemp, readdir, realpath, rm, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join, parse, relative, sep } from "node:path";
import { isWithin } from "./targets.js";

/** A workspace as it would be: its code may be changed without a trace in the real one. */
export interface WorkspaceCopy extends AsyncDisposable {
  /** Where the copy is. */
  readonly workspace: string;
  /** The copied files, relative to the workspace, with `/`. */
  readonly files: readonly string[];
  /** Links out of the workspace, relative to it: what is behind them is no copy. */
  readonly outside: readonly string[];
  /** Where the copy has what is at an absolute path. */
  placeOf(path: string): string;
}

/**
 * Copies the code of a workspace to a temporary folder, without the files to leave out, and links what else is there and
 * around it, so that packages and base configurations are found. None of the workspace's own code is behind a link.
 */
export async function copyWorkspace(workspace: string, omitted: ReadonlySet<string>): Promise<WorkspaceCopy> {
  const root = await realpath(await mkdtemp(join(tmpdir(), "phasewise-copy-")));
  const placeOf = (path: string) => join(root, relative(parse(path).root, path));
  const remove = () => rm(root, { recursive: true, force: true });
  const files: string[] = [];
  const outside: string[] = [];
  try {
    await mkdir(placeOf(workspace), { recursive: true });
    await linkSurroundings(workspace, placeOf);
    await copyBelow(workspace);
  } catch (error) {
    await remove();
    throw error;
  }
  return { workspace: placeOf(workspace), files, outside, placeOf, [Symbol.asyncDispose]: remove };

  async function copyBelow(folder: string): Promise<void> {
    const entries = await readdir(folder, { withFileTypes: true });
    await Promise.all(entries.map((entry) => copyEntry(entry, join(folder, entry.name))));
  }

  async function copyEntry(entry: Dirent, path: string): Promise<void> {
    const name = relative(workspace, path).split(sep).join("/");
    if (omitted.has(name) || isWithin(root, [path])) return;
    if (entry.name === "node_modules" && entry.isDirectory()) return linkPackages(path);
    if (isForeign(entry.name)) return symlink(path, placeOf(path));
    if (entry.isSymbolicLink()) return copyLink(path, name);
    if (entry.isDirectory()) {
      await mkdir(placeOf(path));
      return copyBelow(path);
    }
    if (!mayBeFixed(name)) return symlink(path, placeOf(path));
    files.push(name);
    await copyFile(path, placeOf(path));
  }

  /** A package that is linked to a folder of the workspace is linked to the copy of it. */
  async function linkPackages(folder: string): Promise<void> {
    await mkdir(placeOf(folder));
    const entries = await readdir(folder, { withFileTypes: true });
    await Promise.all(entries.map((entry) => linkPackage(entry, join(folder, entry.name))));
  }

  async function linkPackage(entry: Dirent, path: string): Promise<void> {
    if (entry.isDirectory() && entry.name.startsWith("@")) return linkPackages(path);
    const target = entry.isSymbolicLink() ? await realpath(path).catch(() => undefined) : path;
    if (target === undefined) return;
    const isCopied = isWithin(target, [workspace]) && !relative(workspace, target).split(sep).some(isForeign);
    await symlink(isCopied ? placeOf(target) : target, placeOf(path));
  }

  /** A link to a part of the workspace leads to the copy of that part. */
  async function copyLink(path: string, name: string): Promise<void> {
    const target = await realpath(path).catch(() => undefined);
    if (target === undefined) return;
    const isOwn = isWithin(target, [workspace]);
    if (!isOwn) outside.push(name);
    await symlink(isOwn ? placeOf(target) : target, placeOf(path));
  }
}

/** Packages and git's own files: nothing in them is the workspace's code. */
function isForeign(name: string): boolean {
  return name === "node_modules" || name === ".git";
}

/** Is it of a kind that oxlint writes to? */
export function mayBeFixed(name: string): boolean {
  return /\.(?:[cm]?[jt]sx?|vue|svelte|astro)$/.test(name);
}

/** Folders above hold packages, base configurations and sibling packages, up to where the repository begins. */
async function linkSurroundings(workspace: string, placeOf: (path: string) => string): Promise<void> {
  const folders = ancestorsOf(workspace);
  const names = await Promise.all(folders.map(readNames));
  const top = names.findLastIndex((found) => found.includes("package.json") || found.includes(".git"));
  const paths = folders.flatMap((folder, index) =>
    names[index]!.filter((name) => index <= top || name === "node_modules").map((name) => join(folder, name)),
  );
  const isOnTheWay = (path: string) => path === workspace || folders.includes(path);
  await Promise.all(paths.filter((path) => !isOnTheWay(path)).map((path) => symlink(path, placeOf(path))));
}

/** A folder above need not be readable. */
async function readNames(folder: string): Promise<readonly string[]> {
  return readdir(folder).catch(() => []);
}

/** Innermost first. */
function ancestorsOf(path: string): string[] {
  const folder = dirname(path);
  return folder === path ? [] : [folder, ...ancestorsOf(folder)];
}
