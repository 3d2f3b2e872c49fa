import type { SourceFile } from "../type-checker/ast.js";
import { findFile } from "../type-checker/file-names.js";
import { findDefineModuleCalls } from "../type-queries/module-definition.js";
import { findExport } from "../type-queries/module-export.js";
import type { CallGraph } from "./call-graph.js";

/** Is it the file of a module, which discovery loads: is its default export what `defineModule` gives? */
export function isModuleFile(sourceFile: SourceFile, { project }: CallGraph): boolean {
  return findDefineModuleCalls(sourceFile, project).some((call) => findExport(call) === "default");
}

/** The folder of the module that a file belongs to: the nearest one upwards that has a module file. */
export function findModuleFolder(fileName: string, graph: CallGraph): string | undefined {
  const folder = fileName.slice(0, fileName.lastIndexOf("/"));
  if (folder === "" || folder === fileName) return undefined;
  return graph.remember(`module folder ${folder}`, () =>
    hasModuleFile(folder, graph) ? folder : findModuleFolder(folder, graph),
  );
}

function hasModuleFile(folder: string, graph: CallGraph): boolean {
  const { project } = graph;
  return moduleFileNames.some((name) => {
    const sourceFile = findFile(`${folder}/${name}`, project);
    return sourceFile !== undefined && isModuleFile(sourceFile, graph);
  });
}

const moduleFileNames = ["module.ts", "module.js", "module.mts", "module.mjs", "module.cts", "module.cjs"] as const;
