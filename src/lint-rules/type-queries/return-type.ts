import type { TSESTree } from "@typescript-eslint/utils";
import type { CheckedFile } from "../type-checker/checked-file.js";
import { type CheckerSymbol, type Project, SignatureKind, type Type } from "../type-checker/types.js";
import { getConstituents, isThenable } from "./promise.js";

/** What a method returns, one type an overload, in their order; `undefined` for a type that does not resolve. */
export function findReturnTypes(
  { key }: TSESTree.MethodDefinition | TSESTree.TSAbstractMethodDefinition | TSESTree.PropertyDefinition,
  file: CheckedFile,
): (Type | undefined)[] {
  const { checker } = file.project;
  const type = file.findType(key);
  if (!type) return [];
  return checker
    .getSignaturesOfType(type, SignatureKind.Call)
    .map((signature) => checker.getReturnTypeOfSignature(signature))
    .map((returned) => (returned?.isErrorType() ? undefined : returned));
}

/** Does a function or method, as it is declared, return a promise at least sometimes? */
export function mayPromise(symbol: CheckerSymbol, project: Project): boolean {
  const { checker } = project;
  const type = checker.getTypeOfSymbol(symbol);
  const members = type ? getConstituents(type) : [];
  return members
    .flatMap((member) => checker.getSignaturesOfType(member, SignatureKind.Call))
    .flatMap((signature) => checker.getReturnTypeOfSignature(signature) ?? [])
    .some((returned) => getConstituents(returned).some((member) => isThenable(member, project)));
}
