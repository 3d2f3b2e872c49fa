import type { TSESLint } from "@typescript-eslint/utils";
import type { FunctionNode } from "./function-value.js";

/** Puts `async` before a function, or before the name of a method. */
export function insertAsync(
  node: FunctionNode,
  sourceCode: Readonly<TSESLint.SourceCode>,
  fixer: TSESLint.RuleFixer,
): TSESLint.RuleFix {
  const { parent } = node;
  const isMethod = parent.type === "MethodDefinition" || (parent.type === "Property" && parent.method);
  if (!isMethod) return fixer.insertTextBefore(node, "async ");
  return fixer.insertTextBefore((parent.computed && sourceCode.getTokenBefore(parent.key)) || parent.key, "async ");
}
