import type { SourceFile } from "../type-checker/ast.js";
import { getFileNames } from "../type-checker/file-names.js";
import type { Project } from "../type-checker/types.js";

/** The files of a project that are its own code: no installed packages, no declarations. */
export function getOwnFiles(project: Project): SourceFile[] {
  const names = [...getFileNames(project)].filter((name) => !isForeign.test(name));
  return names.map((name) => project.program.getSourceFile(name)).filter((file) => file !== undefined);
}

const isForeign = /\/node_modules\/|\.d\.[cm]?ts$|\.json$|^bundled:/;
