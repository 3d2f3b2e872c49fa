import { lstat, realpath } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { GeneratorError } from "../errors.js";

/**
 * The real place of a change's path, which is inside the workspace: no `..`, no absolute path, no symbolic link out of it.
 * The path itself and its folders need not exist.
 */
export async function resolveInside(root: string, path: string): Promise<string> {
  rejectEscape(path);
  const real = await realPlace(join(root, ...path.split("/")));
  if (!real.startsWith((await realPlace(root)) + sep)) throw outside(path, `a symbolic link leads to ${real}`);
  return real;
}

/** Throws `OUTSIDE_WORKSPACE` for a path that leads out of any folder, or is none below a folder. */
export function rejectEscape(path: string): void {
  const parts = path.split("/");
  if (/[\\\0:]/.test(path) || parts.some((part) => part === "" || part === "." || part === "..")) {
    throw outside(path, `give a path below the workspace, with "/" between its folders`);
  }
}

/** The path with the symbolic links of its nearest existing ancestor resolved. */
export async function realPlace(path: string): Promise<string> {
  if (path === dirname(path)) return path;
  if (await exists(path)) return realpath(path).catch(() => Promise.reject(brokenLink(path)));
  return join(await realPlace(dirname(path)), basename(path));
}

/** True when there is a file, a folder or a symbolic link, even a broken one. */
export async function exists(path: string): Promise<boolean> {
  return (await lstat(path).catch(() => undefined)) !== undefined;
}

/** A path as it can be shown: what is not ASCII is spelled out, so that nothing looks like what it is not. */
export function quotePath(path: string): string {
  const escape = (character: string) => `\\u{${character.codePointAt(0)!.toString(16)}}`;
  return JSON.stringify(path).replace(/[^\x20-\x7e]/gu, escape);
}

function outside(path: string, why: string): GeneratorError {
  return new GeneratorError("OUTSIDE_WORKSPACE", `Refused to write ${quotePath(path)} outside the workspace: ${why}.`);
}

function brokenLink(path: string): GeneratorError {
  return new GeneratorError("CONFLICT", `${path} is a broken symbolic link. Remove it, then run the command again.`);
}
