import type { TSESTree } from "@typescript-eslint/utils";
import type { CheckedFile } from "../type-checker/checked-file.js";
import { SignatureKind, type Type } from "../type-checker/types.js";

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
