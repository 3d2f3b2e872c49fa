import { readdir, stat } from "node:fs/promises";
import { join, resolve } from "node:path";
import { GeneratorError } from "../errors.js";

const READ = ["js", "mjs", "ts", "json"];

/** The configuration file of a workspace, absolute: the one that is named, else the one at its root, if it has one. */
export async function findConfigFile(workspace: string, cwd: string, named?: string): Promise<string | undefined> {
  if (named !== undefined) return findNamed(resolve(cwd, named));
  const found = (await readdir(workspace)).filter((name) => /^phasewise\.config\.[a-z0-9]+$/.test(name)).sort();
  if (found.length > 1)
    throw wrong(`${found.join(" and ")} are two configurations for ${workspace}. Keep one, or name one with --config.`);
  const [file] = found;
  return file === undefined ? undefined : join(workspace, requireKnownKind(file));
}

async function findNamed(file: string): Promise<string> {
  const isFile = (await stat(file).catch(() => undefined))?.isFile() ?? false;
  if (!isFile) throw wrong(`${file} is no file. Name a configuration file with --config <file>.`);
  return requireKnownKind(file);
}

function requireKnownKind(file: string): string {
  if (READ.some((extension) => file.endsWith(`.${extension}`))) return file;
  throw wrong(`${file} is no kind of file that is read for configuration. Make it one of .${READ.join(", .")}.`);
}

function wrong(message: string): GeneratorError {
  return new GeneratorError("WRONG_USAGE", message);
}
