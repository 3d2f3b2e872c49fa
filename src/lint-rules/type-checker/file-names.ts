import type { SourceFile } from "./ast.js";
import type { Project } from "./types.js";

const fileNames = new WeakMap<Project, ReadonlySet<string>>();

/** The names of all files of a project, asked once in a snapshot: a large project has a megabyte of them. */
export function getFileNames(project: Project): ReadonlySet<string> {
  let names = fileNames.get(project);
  if (!names) fileNames.set(project, (names = new Set(project.program.getSourceFileNames())));
  return names;
}

/** The file of this name, if the project has it. Where the names are not known yet, asking for one file costs less. */
export function findFile(name: string, project: Project): SourceFile | undefined {
  return fileNames.get(project)?.has(name) === false ? undefined : project.program.getSourceFile(name);
}
