import type { TSESTree } from "@typescript-eslint/utils";

/** Does it run when its file is loaded: outside of functions and of what a class does for each instance? */
export function isAtTopLevel(node: TSESTree.Node): boolean {
  for (let current: TSESTree.Node | undefined = node; current?.parent; current = current.parent) {
    if (functionTypes.has(current.type) || isOfInstances(current)) return false;
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

function isOfInstances(node: TSESTree.Node): boolean {
  const { parent } = node;
  const isField = parent?.type === "PropertyDefinition" || parent?.type === "AccessorProperty";
  return isField && !parent.static && parent.value === node;
}
