import { readFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import ignore from "ignore";
import { GeneratorError } from "../../errors.js";
import { findFiles } from "../source-files.js";
import { isWithin } from "../targets.js";

/** A tsconfig.json of the workspace. */
export interface Project {
  /** Relative to the workspace. */
  readonly tsconfig: string;
  readonly hasReferences: boolean;
}

/** The projects that the paths may belong to. */
export async function findProjects(
  workspace: string,
  paths: readonly string[],
  ignored: readonly string[],
): Promise<Project[]> {
  const leftOut = ignore().add([...ignored]);
  const found = (await findFiles(workspace, /^tsconfig\.json$/)).filter((file) => !leftOut.ignores(file));
  if (found.length === 0) throw noProject(workspace);
  const concerned = found.filter((file) => paths.some((path) => areRelated(dirname(file), path)));
  return Promise.all(concerned.map((tsconfig) => readProject(workspace, tsconfig)));
}

async function readProject(workspace: string, tsconfig: string): Promise<Project> {
  const text = await readFile(join(workspace, tsconfig), "utf8");
  return { tsconfig, hasReferences: /"references"\s*:\s*\[/.test(text) };
}

function areRelated(folder: string, path: string): boolean {
  return isWithin(path, [folder]) || isWithin(folder, [path]);
}

function noProject(workspace: string): GeneratorError {
  return new GeneratorError(
    "WRONG_USAGE",
    `--types checks what a tsconfig.json names, and ${workspace} has none that is not ignored. Add one, or leave out --types.`,
  );
}
