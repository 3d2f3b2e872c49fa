import type { Project } from "./types.js";

const fileNames = new WeakMap<Project, ReadonlySet<string>>();

/** The names of all files of a project, asked once in a snapshot: a large project has a megabyte of them. */
export function getFileNames(project: Project): ReadonlySet<string> {
  let names = fileNames.get(project);
  if (!names) fileNames.set(project, (names = new Set(project.program.getSourceFileNames())));
  return names;
}
