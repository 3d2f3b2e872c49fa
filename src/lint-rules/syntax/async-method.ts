import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import type { PublicMethod } from "./class-member.js";

/** A method, or a field holding a function, with code. */
export type MethodWithBody = (TSESTree.MethodDefinition | TSESTree.PropertyDefinition) & {
  readonly value: TSESTree.FunctionExpression | TSESTree.ArrowFunctionExpression;
};

export function hasBody(method: PublicMethod): method is MethodWithBody {
  return method.value?.type === "FunctionExpression" || method.value?.type === "ArrowFunctionExpression";
}

/** A generator gives something else when it is async, and `asserts x is …` cannot be promised. */
export function canBecomeAsync({ value }: MethodWithBody): boolean {
  return !value.generator && value.returnType?.typeAnnotation.type !== "TSTypePredicate";
}

/** The return type as it is written. */
export function getDeclaredReturn({ value }: MethodWithBody): TSESTree.TypeNode | undefined {
  return value.returnType?.typeAnnotation;
}

/** Puts `async` before a method, and `Promise<…>` around its return type if that promises nothing yet. */
export function makeMethodAsync(
  method: MethodWithBody,
  wrapsType: boolean,
  sourceCode: Readonly<TSESLint.SourceCode>,
  fixer: TSESLint.RuleFixer,
): TSESLint.RuleFix[] {
  const declared = wrapsType ? getDeclaredReturn(method) : undefined;
  return [
    fixer.insertTextBefore(getStart(method, sourceCode), "async "),
    ...(declared ? [fixer.insertTextBefore(declared, "Promise<"), fixer.insertTextAfter(declared, ">")] : []),
  ];
}

/** Where `async` belongs: after the modifiers of a method, before the function of a field. */
function getStart({ type, key, computed, value }: MethodWithBody, sourceCode: Readonly<TSESLint.SourceCode>) {
  if (type === "PropertyDefinition") return value;
  return (computed && sourceCode.getTokenBefore(key)) || key;
}
