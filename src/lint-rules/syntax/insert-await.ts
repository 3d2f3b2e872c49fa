import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

/** Puts `await` before an expression, with parentheses where it binds more tightly than the expression does. */
export function insertAwait(expression: TSESTree.Expression, fixer: TSESLint.RuleFixer): TSESLint.RuleFix[] {
  if (bindsTightly(expression)) return [fixer.insertTextBefore(expression, "await ")];
  return [fixer.insertTextBefore(expression, "await ("), fixer.insertTextAfter(expression, ")")];
}

/** Does `await` before the expression apply to all of it? */
export function bindsTightly({ type }: TSESTree.Expression): boolean {
  return tightTypes.has(type);
}

const tightTypes: ReadonlySet<string> = new Set([
  "CallExpression",
  "ChainExpression",
  "Identifier",
  "ImportExpression",
  "MemberExpression",
  "NewExpression",
  "TaggedTemplateExpression",
  "UnaryExpression",
]);
