import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { isExportsObject } from "./exports.js";
import { findOwner } from "./find-owner.js";
import { isBehindMainGuard } from "./main-guard.js";
import { skipWrappers } from "./skip-wrappers.js";

/** Work that a file does when it is imported. */
export interface ImportWork {
  readonly node: TSESTree.Node;
  readonly messageId: "runs" | "awaits" | "changes";
}

/** What a statement at the top level does, so far as its form tells; an `await` is found by itself. */
export function findImportWork(expression: TSESTree.Node, sourceCode: Readonly<TSESLint.SourceCode>): ImportWork[] {
  const node = skipWrappers(expression);
  if (isBehindMainGuard(node)) return [];
  switch (node.type) {
    case "AssignmentExpression":
      return changesShared(node.left, sourceCode) ? [{ node, messageId: "changes" }] : [];
    case "CallExpression":
      return isAboutOwnValue(node, sourceCode) ? [] : [{ node, messageId: "runs" }];
    case "ImportExpression":
    case "NewExpression":
    case "TaggedTemplateExpression":
      return [{ node, messageId: "runs" }];
    case "ConditionalExpression":
      return [node.consequent, node.alternate].flatMap((branch) => findImportWork(branch, sourceCode));
    case "LogicalExpression":
      return findImportWork(node.right, sourceCode);
    case "SequenceExpression":
      return node.expressions.flatMap((part) => findImportWork(part, sourceCode));
    case "UnaryExpression":
      if (node.operator !== "delete") return findImportWork(node.argument, sourceCode);
      return changesShared(node.argument, sourceCode) ? [{ node, messageId: "changes" }] : [];
    default:
      return [];
  }
}

function changesShared(target: TSESTree.Node, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  const node = skipWrappers(target);
  return node.type === "MemberExpression" && !isExportsObject(node) && findOwner(node, sourceCode) !== "this file";
}

/** `table.set("a", 1)` and `Object.freeze(table)` of a `table` that the file made complete its declaration. */
function isAboutOwnValue(call: TSESTree.CallExpression, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  const callee = skipWrappers(call.callee);
  if (callee.type !== "MemberExpression") return false;
  const object = skipWrappers(callee.object);
  if (isBuiltInNamespace(object)) return call.arguments[0] !== undefined && isOwn(call.arguments[0], sourceCode);
  return object.type !== "FunctionExpression" && isOwn(object, sourceCode);
}

function isBuiltInNamespace(node: TSESTree.Node): boolean {
  return node.type === "Identifier" && (node.name === "Object" || node.name === "Reflect");
}

function isOwn(node: TSESTree.Node, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  return findOwner(node, sourceCode) === "this file";
}
