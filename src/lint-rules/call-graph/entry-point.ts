import { runApplication, runtimePackage } from "../runtime-vocabulary.js";
import type { SourceFile } from "../type-checker/ast.js";
import { getDeclaredName } from "../type-queries/declared-name.js";
import type { CallGraph } from "./call-graph.js";

/** Is the file what the process is started with: does it run the application at its top level? */
export function isEntryPoint(sourceFile: SourceFile, graph: CallGraph): boolean {
  const [topLevel] = graph.getUnits(sourceFile);
  const symbols = topLevel?.calls.flatMap((call) => call.target.symbols) ?? [];
  return symbols.some(
    (symbol) => symbol.name === runApplication && getDeclaredName(symbol, graph.project).module === runtimePackage,
  );
}
