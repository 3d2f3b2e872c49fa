import type { TSESTree } from "@typescript-eslint/utils";
import { getStaticPropertyName } from "../syntax/property-name.js";
import type { CheckedFile } from "../type-checker/checked-file.js";
import { findAccessedName } from "./accessed-name.js";
import { isLanguageMember } from "./platform-member.js";
import { isArrayOrTuple } from "./promise.js";

/** May the method decide by its callback, as far as its name is known? */
export function mayDecide(callee: TSESTree.MemberExpression): boolean {
  const name = getStaticPropertyName(callee);
  return name === undefined ? callee.computed : predicateMethods.has(name) || comparatorMethods.has(name);
}

/**
 * By what the first argument of a method decides, where JavaScript does not await it: by true and false, as for `filter`
 * of arrays, typed arrays and iterators, or by a number, as for `sort`.
 */
export function findDecision(
  callee: TSESTree.MemberExpression,
  file: CheckedFile,
): "comparator" | "predicate" | undefined {
  const name = findAccessedName(callee, file) ?? "";
  const decision = predicateMethods.has(name) ? "predicate" : comparatorMethods.has(name) ? "comparator" : undefined;
  if (decision === "predicate" && isArray(callee.object, file)) return decision;
  return decision && isLanguageMember(callee, file) ? decision : undefined;
}

const predicateMethods: ReadonlySet<string> = new Set([
  "every",
  "filter",
  "find",
  "findIndex",
  "findLast",
  "findLastIndex",
  "some",
]);

const comparatorMethods: ReadonlySet<string> = new Set(["sort", "toSorted"]);

function isArray(node: TSESTree.Expression, file: CheckedFile): boolean {
  const type = file.findType(node);
  return type !== undefined && isArrayOrTuple(type, file.project);
}
