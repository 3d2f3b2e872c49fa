import { lstat, realpath } from "node:fs/promises";
import { basename, dirname, join, sep } from "node:path";
import { GeneratorError } from "../errors.js";

/**
 * The real place of a change's path, which is inside the workspace: no `..`, no absolute path, no symbolic link out of it.
 * The path itself and its folders need not exist.
 */
export async function resolveInside(root: string, path: string): Promise<string> {
  const parts = path.split("/");
  if (/[\\\0:]/.test(path) || parts.some((part) => part === "" || part === "." || part === "..")) {
    throw outside(path, `give a path below the workspace, with "/" between its folders`);
  }
  const real = await realPlace(join(root, ...parts));
  if (!real.startsWith((await realPlace(root)) + sep)) throw outside(path, `a symbolic link leads to ${real}`);
  return real;
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

function outside(path: string, why: string): GeneratorError {
  return new GeneratorError(
    "OUTSIDE_WORKSPACE",
    `Refused to write ${JSON.stringify(path)} outside the workspace: ${why}.`,
  );
}

function brokenLink(path: string): GeneratorError {
  return new GeneratorError("CONFLICT", `${path} is a broken symbolic link. Remove it, then run the command again.`);
}
