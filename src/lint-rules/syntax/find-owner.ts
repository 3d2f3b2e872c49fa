import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { skipWrappers } from "./skip-wrappers.js";

/** Whose value it is that an expression begins with, as `process` of `process.env.TZ`: this file's, or shared. */
export type Owner = "this file" | "another file" | "the global scope";

/** Who owns the value that a chain of members and calls begins with. */
export function findOwner(expression: TSESTree.Node, sourceCode: Readonly<TSESLint.SourceCode>): Owner {
  const root = getRoot(expression);
  if (root.type !== "Identifier") return "this file";
  let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(root);
  while (scope && !scope.set.has(root.name)) scope = scope.upper;
  const definitions = scope?.set.get(root.name)?.defs ?? [];
  if (definitions.length === 0) return "the global scope";
  return definitions.some(({ type }) => type === "ImportBinding") ? "another file" : "this file";
}

function getRoot(expression: TSESTree.Node): TSESTree.Node {
  const node = skipWrappers(expression);
  if (node.type === "MemberExpression") return getRoot(node.object);
  return node.type === "CallExpression" ? getRoot(node.callee) : node;
}
