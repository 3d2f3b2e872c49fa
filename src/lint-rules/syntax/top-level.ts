import type { TSESTree } from "@typescript-eslint/utils";

/** Does the statement or `await` run when its file is loaded: outside of functions? */
export function isAtTopLevel(node: TSESTree.Node): boolean {
  for (let current: TSESTree.Node | undefined = node; current?.parent; current = current.parent) {
    if (functionTypes.has(current.type)) return false;
  }
  return true;
}

const functionTypes: ReadonlySet<string> = new Set([
  "ArrowFunctionExpression",
  "FunctionDeclaration",
  "FunctionExpression",
  "TSDeclareFunction",
  "TSEmptyBodyFunctionExpression",
]);
