import type { TSESTree } from "@typescript-eslint/utils";
import type { CheckedFile } from "../type-checker/checked-file.js";
import { getCallGraph } from "./call-graph.js";
import type { Call } from "./unit.js";

/** Finds the calls of the graph that the linter's nodes of a file stand for. */
export function createCallFinder({ project, sourceFile }: CheckedFile): (node: TSESTree.Node) => Call | undefined {
  const calls = getCallGraph(project)
    .getUnits(sourceFile)
    .flatMap((unit) => unit.calls);
  const byRange = new Map(calls.map((call) => [`${call.node.getStart(sourceFile)}-${call.node.end}`, call]));
  return ({ range }) => byRange.get(`${range[0]}-${range[1]}`);
}
