import type { TSESTree } from "@typescript-eslint/utils";
import type { FunctionNode } from "../syntax/function-value.js";
import type { CheckedFile } from "../type-checker/checked-file.js";
import { SignatureKind, type Type, TypeFlags } from "../type-checker/types.js";
import { isSometimesAwaitable } from "./awaitable.js";
import { isBuiltInPromise } from "./promise.js";
import { returnsAwaitable } from "./void-function.js";

/** Does the function always return the built-in `Promise`, as an async one does? */
export function alwaysReturnsPromise(node: FunctionNode, file: CheckedFile): boolean {
  const { checker } = file.project;
  const type = file.findType(getNamed(node));
  const signatures = type ? checker.getSignaturesOfType(type, SignatureKind.Call) : [];
  return (
    signatures.length > 0 &&
    signatures.every((signature) => {
      const returned = checker.getReturnTypeOfSignature(signature);
      return returned !== undefined && isBuiltInPromise(returned, file.project);
    })
  );
}

/** The part of a function that has its type. */
function getNamed(node: FunctionNode): TSESTree.Node {
  const { parent } = node;
  if (node.type === "FunctionDeclaration") return node.id ?? node;
  return parent.type === "MethodDefinition" || (parent.type === "Property" && parent.method) ? parent.key : node;
}

/** May a value, or what a callback gives, be a promise, so far as its type tells? */
export function mayBePromise(node: TSESTree.Expression, isCallback: boolean, file: CheckedFile): boolean {
  const type = file.findType(node);
  if (!type || isAny(type)) return true;
  if (!isCallback) return isSometimesAwaitable(type, file.project);
  const { checker } = file.project;
  const returned = checker
    .getSignaturesOfType(type, SignatureKind.Call)
    .map((signature) => checker.getReturnTypeOfSignature(signature));
  return returned.some((member) => !member || isAny(member)) || returnsAwaitable(type, file.project);
}

/** A type parameter may stand for anything, too. */
function isAny({ flags }: Type): boolean {
  return (flags & (TypeFlags.Any | TypeFlags.Unknown | TypeFlags.TypeParameter)) !== 0;
}
