import {
  type ArrowFunction,
  type FunctionDeclaration,
  type FunctionExpression,
  type GetAccessorDeclaration,
  type MethodDeclaration,
  type Node,
  type SetAccessorDeclaration,
  isArrowFunction,
  isFunctionDeclaration,
  isFunctionExpression,
  isGetAccessorDeclaration,
  isMethodDeclaration,
  isSetAccessorDeclaration,
} from "../type-checker/ast.js";

/** A function of any form that has code of its own; a constructor is a part of its class. */
export type FunctionWithBody =
  | ArrowFunction
  | FunctionDeclaration
  | FunctionExpression
  | GetAccessorDeclaration
  | MethodDeclaration
  | SetAccessorDeclaration;

export function isFunctionWithBody(node: Node): node is FunctionWithBody {
  return isFunction(node) && node.body !== undefined;
}

function isFunction(node: Node): node is FunctionWithBody {
  return (
    isArrowFunction(node) ||
    isFunctionDeclaration(node) ||
    isFunctionExpression(node) ||
    isGetAccessorDeclaration(node) ||
    isMethodDeclaration(node) ||
    isSetAccessorDeclaration(node)
  );
}
