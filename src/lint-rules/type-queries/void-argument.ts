import type { TSESTree } from "@typescript-eslint/utils";
import type { CheckedFile } from "../type-checker/checked-file.js";
import { findAccessedName } from "./accessed-name.js";
import { isPromise } from "./promise.js";
import { takesVoidFunction } from "./void-parameter.js";

/** Does the call drop what a function at this index gives? `finally` of a promise does not, whatever its type says. */
export function dropsResultOf(
  call: TSESTree.CallExpression | TSESTree.NewExpression,
  index: number,
  file: CheckedFile,
): boolean {
  return takesVoidFunction(file.find(call), index, file.project) && !isFinally(call, file);
}

function isFinally({ type, callee }: TSESTree.CallExpression | TSESTree.NewExpression, file: CheckedFile): boolean {
  if (type !== "CallExpression" || callee.type !== "MemberExpression") return false;
  if (findAccessedName(callee, file) !== "finally") return false;
  const object = file.findType(callee.object);
  return object !== undefined && isPromise(object, file.project);
}
