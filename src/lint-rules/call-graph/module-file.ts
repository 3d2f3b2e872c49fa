import type { SourceFile } from "../type-checker/ast.js";
import { defineModule } from "../runtime-vocabulary.js";
import type { CallGraph } from "./call-graph.js";
import { isDefaultExport, isDefineModule } from "./registration.js";

/** Is it the file of a module, which discovery loads: is its default export what `defineModule` gives? */
export function isModuleFile(sourceFile: SourceFile, graph: CallGraph): boolean {
  if (!sourceFile.text.includes(defineModule)) return false;
  return graph
    .getUnits(sourceFile)
    .some(({ calls }) => calls.some((call) => isDefineModule(call, graph) && isDefaultExport(call, sourceFile)));
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
  const { program } = graph.project;
  const names = graph.remember("file names", () => new Set(program.getSourceFileNames()));
  return moduleFileNames.some((name) => {
    const sourceFile = names.has(`${folder}/${name}`) ? program.getSourceFile(`${folder}/${name}`) : undefined;
    return sourceFile !== undefined && isModuleFile(sourceFile, graph);
  });
}

const moduleFileNames = ["module.ts", "module.js", "module.mts", "module.mjs", "module.cts", "module.cjs"] as const;
