import type { TSESTree } from "@typescript-eslint/utils";
import { getLiteralKey } from "../syntax/property-name.js";
import type { CheckedFile } from "../type-checker/checked-file.js";
import type { Type } from "../type-checker/types.js";
import { getConstituents } from "./promise.js";
import { findVariableType } from "./variable-type.js";
import { isVoidFunction } from "./void-function.js";

/** Code that puts a function somewhere, other than as an argument. */
export type FunctionPlace =
  | TSESTree.AssignmentExpression
  | TSESTree.JSXAttribute
  | TSESTree.Property
  | TSESTree.ReturnStatement
  | TSESTree.VariableDeclarator;

/** Is the place for a function that gives nothing, so that its caller drops a promise that it does give? */
export function isDroppedAt(place: FunctionPlace, file: CheckedFile): boolean {
  const type = findExpectedType(place, file);
  return type !== undefined && isVoidFunction(type, file.project);
}

function findExpectedType(place: FunctionPlace, file: CheckedFile): Type | undefined {
  switch (place.type) {
    case "AssignmentExpression":
      return file.findType(place.left);
    case "JSXAttribute":
      return place.value ? file.findContextualType(place.value) : undefined;
    case "Property":
      return place.method ? findMethodType(place, file) : file.findContextualType(place.value);
    case "ReturnStatement":
      return place.argument ? file.findContextualType(place.argument) : undefined;
    default:
      return findVariableType(place, file);
  }
}

function findMethodType(method: TSESTree.Property, file: CheckedFile): Type | undefined {
  const { checker } = file.project;
  const name = getLiteralKey(method);
  const object = file.findContextualType(method.parent);
  if (name === undefined || !object) return undefined;
  const property = getConstituents(object)
    .map((member) => checker.getPropertyOfType(member, name))
    .find((symbol) => symbol !== undefined);
  return property && checker.getTypeOfSymbol(property);
}
