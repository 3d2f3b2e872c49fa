import { lstat, readFile } from "node:fs/promises";
import { join } from "node:path";
import { GeneratorError } from "./errors.js";

/** A template as it is in a file. */
export interface FoundTemplate {
  /** Its absolute place, for errors. */
  readonly name: string;
  readonly text: string;
}

/** A template below a folder; `undefined` when there is none. Neither `..` nor a symbolic link leads out of the folder. */
export async function readTemplateIn(folder: string, path: string): Promise<FoundTemplate | undefined> {
  const parts = path.replace(/^\.\//, "").split("/");
  if (/[\\\0:]/.test(path) || parts.some((part) => part === "" || part === "." || part === "..")) {
    throw refused(path, `it has to be a path below ${folder}, with "/" between its folders`);
  }
  let place = folder;
  for (const part of parts) {
    place = join(place, part);
    const entry = await lstat(place).catch(() => undefined);
    if (entry === undefined) return undefined;
    if (entry.isSymbolicLink()) throw refused(path, `${place} is a symbolic link; put the file itself there`);
  }
  return { name: place, text: await readFile(place, "utf8") };
}

function refused(path: string, why: string): GeneratorError {
  return new GeneratorError("OUTSIDE_WORKSPACE", `Refused to read the template ${JSON.stringify(path)}: ${why}.`);
}
