import type { TSESTree } from "@typescript-eslint/utils";

/** The function whose code the node is part of. */
export function findEnclosingFunction(node: TSESTree.Node): TSESTree.FunctionLike | undefined {
  let current = node.parent;
  while (current && !isFunction(current)) current = current.parent;
  return current;
}

function isFunction(node: TSESTree.Node): node is TSESTree.FunctionLike {
  return (
    node.type === "ArrowFunctionExpression" || node.type === "FunctionDeclaration" || node.type === "FunctionExpression"
  );
}
