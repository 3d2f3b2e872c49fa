import type { TSESTree } from "@typescript-eslint/utils";

export type FunctionNode =
  TSESTree.ArrowFunctionExpression | TSESTree.FunctionDeclaration | TSESTree.FunctionExpression;

export function isFunctionNode(node: TSESTree.Node): node is FunctionNode {
  return isFunctionExpression(node) || node.type === "FunctionDeclaration";
}

export function isFunctionExpression(
  node: TSESTree.Node,
): node is TSESTree.ArrowFunctionExpression | TSESTree.FunctionExpression {
  return node.type === "ArrowFunctionExpression" || node.type === "FunctionExpression";
}

/** Is it, by its form, neither a function nor a value that may hold one? A key may stand for its member. */
export function isNoFunction(node: TSESTree.Node): boolean {
  if (node.parent && "key" in node.parent && node.parent.key === node) return false;
  return node.type === "ClassExpression" || node.type === "ObjectExpression" || isPlainValue(node.type);
}

/** Is it, by its form, no promise? */
export function isNoPromise({ type }: TSESTree.Node): boolean {
  return type === "ArrowFunctionExpression" || type === "FunctionExpression" || isPlainValue(type);
}

function isPlainValue(type: TSESTree.Node["type"]): boolean {
  return plainValues.has(type);
}

const plainValues: ReadonlySet<string> = new Set([
  "ArrayExpression",
  "BinaryExpression",
  "JSXElement",
  "JSXFragment",
  "Literal",
  "TemplateLiteral",
  "UnaryExpression",
  "UpdateExpression",
]);

/** What an arrow function without a block gives. */
export function getShortBody(node: TSESTree.Node): TSESTree.Expression | undefined {
  return node.type === "ArrowFunctionExpression" && node.body.type !== "BlockStatement" ? node.body : undefined;
}

/** The function around a `return`; `undefined` for one at the top level of a CommonJS file. */
export function findFunctionAround(node: TSESTree.Node): FunctionNode | undefined {
  for (let current = node.parent; current; current = current.parent) {
    if (isFunctionNode(current)) return current;
  }
  return undefined;
}
