import { constants } from "node:fs";
import { chmod, copyFile, link, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { GeneratorError } from "../errors.js";
import type { Write } from "./plan.js";

/** One file as it is and as it shall be; a file that is made gets the mode, one that is replaced keeps its own. */
export type FileChange = Pick<Write, "path" | "target" | "before" | "after"> & { readonly mode?: number | undefined };

/** Where the text of a file waits, in the same folder, until it is published. */
export function stagingPlace(target: string): string {
  return join(dirname(target), `.${basename(target)}.phasewise-tmp`);
}

/** Writes the text of a file beside its place, with the mode of the file that it will replace. */
export async function stageWrite({ target, path, before, after, mode }: FileChange): Promise<void> {
  if (after === null) return;
  const staged = stagingPlace(target);
  await writeFile(staged, after, { flag: "wx" });
  const wanted = before === null ? mode : await modeOf(target, path);
  if (wanted !== undefined) await chmod(staged, wanted);
}

/** The permissions of a file that is to be replaced or removed. */
export async function modeOf(target: string, path: string): Promise<number> {
  const found = await stat(target).catch(() => Promise.reject(changedMeanwhile(path)));
  return found.mode & 0o7777;
}

/**
 * Puts a staged file in its place in one step, or removes the one that is there; a file that appeared or changed since
 * the plan is not touched.
 */
export async function publishWrite({ path, target, before, after }: FileChange): Promise<void> {
  if (before === null) return publishNewFile(stagingPlace(target), target, path);
  const present = await readFile(target, "utf8").catch(() => Promise.reject(changedMeanwhile(path)));
  if (present !== before) throw changedMeanwhile(path);
  if (after === null) return rm(target);
  await rename(stagingPlace(target), target);
}

/** Moves a file to a place where there is none, in one step; a failure leaves it where it was. */
export async function publishNewFile(staged: string, target: string, path: string): Promise<void> {
  try {
    await link(staged, target).catch((error: unknown) => copyWithoutLinks(error, staged, target));
  } catch (error) {
    throw codeOf(error) === "EEXIST" ? changedMeanwhile(path) : error;
  }
  await rm(staged).catch((error: unknown) => unpublish(target, error));
}

async function unpublish(target: string, error: unknown): Promise<never> {
  await rm(target);
  throw error;
}

/** Some file systems, such as exFAT, know no hard links. */
async function copyWithoutLinks(error: unknown, staged: string, target: string): Promise<void> {
  if (!["EPERM", "ENOTSUP", "ENOSYS", "EOPNOTSUPP"].includes(codeOf(error) ?? "")) throw error;
  await copyFile(staged, target, constants.COPYFILE_EXCL);
}

function changedMeanwhile(path: string): GeneratorError {
  return new GeneratorError("CONFLICT", `${path} was changed by another program meanwhile. Run the command again.`);
}

/** The code of a system error, such as `EACCES`. */
export function codeOf(error: unknown): string | undefined {
  return error instanceof Error && "syscall" in error && "code" in error ? String(error.code) : undefined;
}
