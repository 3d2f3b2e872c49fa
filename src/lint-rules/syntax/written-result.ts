import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { resultType, runtimePackage } from "../runtime-vocabulary.js";
import { findImport } from "./find-import.js";
import { findVariable } from "./find-variable.js";

/** Does a function say by itself, with the runtime's own names, that it returns `Promise<Result<…>>`? */
export function isWrittenAsPromiseOfResult(
  returnType: TSESTree.TSTypeAnnotation | undefined,
  sourceCode: Readonly<TSESLint.SourceCode>,
): boolean {
  const promise = returnType?.typeAnnotation;
  if (promise?.type !== "TSTypeReference" || promise.typeName.type !== "Identifier") return false;
  if (promise.typeName.name !== "Promise" || isDeclared(promise.typeName, sourceCode)) return false;
  const [result] = promise.typeArguments?.params ?? [];
  if (result?.type !== "TSTypeReference" || result.typeName.type !== "Identifier") return false;
  const imported = findImport(result.typeName, sourceCode);
  return imported?.module === runtimePackage && imported.name === resultType;
}

/** Has the file another meaning for the name than the global one? */
function isDeclared({ name, parent }: TSESTree.Identifier, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  return parent !== undefined && (findVariable(name, parent, sourceCode)?.defs.length ?? 0) > 0;
}
