import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import type { Node } from "../type-checker/ast.js";

/** Where a node of the checker stands in the linted text. */
export function getLocation(node: Node, sourceCode: Readonly<TSESLint.SourceCode>): TSESTree.SourceLocation {
  return { start: sourceCode.getLocFromIndex(node.getStart()), end: sourceCode.getLocFromIndex(node.end) };
}
