import type { SourceFile } from "../type-checker/ast.js";
import type { Project } from "../type-checker/types.js";

/** The files of a project that are its own code: no installed packages, no declarations. */
export function getOwnFiles({ program }: Project): SourceFile[] {
  const names = program.getSourceFileNames().filter((name) => !isForeign.test(name));
  return names.map((name) => program.getSourceFile(name)).filter((file) => file !== undefined);
}

const isForeign = /\/node_modules\/|\.d\.[cm]?ts$|\.json$|^bundled:/;
