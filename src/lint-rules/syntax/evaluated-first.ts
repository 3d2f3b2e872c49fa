import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { findVariable } from "./find-variable.js";

/**
 * Does a statement evaluate this expression before all else? Nothing that it has read already can then change while the
 * expression waits. The name of a function that it is handed to may come first, where nobody can change that.
 */
export function isEvaluatedFirst(node: TSESTree.Node, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case "ExpressionStatement":
    case "ReturnStatement":
      return true;
    case "ArrowFunctionExpression":
      return parent.body === node;
    case "VariableDeclarator":
      return parent.init === node;
    case "MemberExpression":
      return parent.object === node && isEvaluatedFirst(parent, sourceCode);
    case "CallExpression":
    case "NewExpression":
      return isFirstOfCall(node, parent, sourceCode) && isEvaluatedFirst(parent, sourceCode);
    case "ChainExpression":
    case "TSAsExpression":
    case "TSNonNullExpression":
    case "TSSatisfiesExpression":
      return isEvaluatedFirst(parent, sourceCode);
    default:
      return false;
  }
}

function isFirstOfCall(
  node: TSESTree.Node,
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  sourceCode: Readonly<TSESLint.SourceCode>,
): boolean {
  return call.callee === node || (call.arguments[0] === node && isFixed(call.callee, sourceCode));
}

/** `parse`, `JSON.parse`, `yaml.parse`: what a constant, an import or the global scope gives. */
function isFixed(callee: TSESTree.Node, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  const isMember = callee.type === "MemberExpression" && !callee.computed;
  const name = isMember ? callee.object : callee;
  if (name.type !== "Identifier") return false;
  const [definition] = findVariable(name.name, name, sourceCode)?.defs ?? [];
  if (!definition || definition.type === "ImportBinding") return true;
  if (isMember) return false;
  return (
    definition.type === "FunctionName" ||
    definition.type === "ClassName" ||
    (definition.type === "Variable" && definition.parent.kind === "const")
  );
}
