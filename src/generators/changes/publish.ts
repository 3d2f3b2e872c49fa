import { constants } from "node:fs";
import { chmod, copyFile, link, readFile, rename, rm, stat, writeFile } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { GeneratorError } from "../errors.js";
import type { Write } from "./plan.js";

/** Where the text of a file waits, in the same folder, until it is published. */
export function stagingPlace(target: string): string {
  return join(dirname(target), `.${basename(target)}.phasewise-tmp`);
}

/** Writes the text of a file beside its place, with the mode of the file that it will replace. */
export async function stageWrite({ target, before, after }: Write): Promise<void> {
  const staged = stagingPlace(target);
  await writeFile(staged, after, { flag: "wx" });
  if (before !== null) await chmod(staged, (await stat(target)).mode);
}

/** Puts a staged file in its place in one step; a file that appeared or changed since the plan is not overwritten. */
export async function publishWrite({ path, target, before }: Write): Promise<void> {
  if (before === null) return publishNewFile(stagingPlace(target), target, path);
  if ((await readFile(target, "utf8")) !== before) throw changedMeanwhile(path);
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
