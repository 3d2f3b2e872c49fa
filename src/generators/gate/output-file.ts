import { rename, rm, stat, writeFile } from "node:fs/promises";
import { dirname, resolve } from "node:path";
import { GeneratorError } from "../errors.js";

/** Where a report goes instead of standard output: a file that is there as a whole, or as it was before. */
export interface OutputFile {
  readonly path: string;
  write(text: string): Promise<void>;
}

/** @throws GeneratorError `WRONG_USAGE` before anything is checked, where the file could not be written. */
export async function openOutputFile(cwd: string, name: string, flag = "--output-file"): Promise<OutputFile> {
  const path = resolve(cwd, name);
  const folder = dirname(path);
  if (!(await stat(folder).catch(() => undefined))?.isDirectory())
    throw wrongFile(`${flag} ${name}`, `the folder ${folder} does not exist. Make it first.`);
  if ((await stat(path).catch(() => undefined))?.isDirectory())
    throw wrongFile(`${flag} ${name}`, "it is a folder. Name a file in it.");
  return { path, write: (text) => replaceFile(path, text, `${flag} ${name}`) };
}

async function replaceFile(path: string, text: string, flag: string): Promise<void> {
  const unfinished = `${path}.${process.pid}.tmp`;
  try {
    await writeFile(unfinished, text, { flag: "wx" });
    await rename(unfinished, path);
  } catch (cause) {
    await rm(unfinished, { force: true });
    const reason = cause instanceof Error ? cause.message : String(cause);
    throw wrongFile(flag, `it could not be written (${reason}). Name a file in a folder that you may write to.`, cause);
  }
}

function wrongFile(flag: string, why: string, cause?: unknown): GeneratorError {
  return new GeneratorError("WRONG_USAGE", `No output for ${flag}: ${why}`, { cause });
}
