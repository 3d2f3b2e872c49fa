import type { TSESTree } from "@typescript-eslint/utils";
import { findFunctionAround } from "./function-value.js";

/**
 * Does the place of an expression surely ask for no type of its own, as that of `1` in `const list = [1]`? So in
 * TypeScript files: in others a comment may ask for one.
 */
export function isWithoutExpectedType(node: TSESTree.Node): boolean {
  const { parent } = node;
  switch (parent?.type) {
    case "ArrayExpression":
    case "ObjectExpression":
      return isWithoutExpectedType(parent);
    case "ExpressionStatement":
      return true;
    case "MethodDefinition":
      return parent.kind === "method";
    case "Property":
      return parent.value === node && isWithoutExpectedType(parent);
    case "ReturnStatement":
      return isReturnedWithoutType(parent);
    case "VariableDeclarator":
      return parent.id.type === "Identifier" && !parent.id.typeAnnotation;
    default:
      return false;
  }
}

function isReturnedWithoutType(statement: TSESTree.ReturnStatement): boolean {
  const around = findFunctionAround(statement);
  if (!around || around.returnType) return false;
  return around.type === "FunctionDeclaration" || isWithoutExpectedType(around);
}
