import type { TSESTree } from "@typescript-eslint/utils";

/** What stands for the same value without casts, `!` and the mark of an optional chain. */
export function skipWrappers(node: TSESTree.Node): TSESTree.Node {
  let inner = node;
  while (isWrapper(inner)) inner = inner.expression;
  return inner;
}

function isWrapper(
  node: TSESTree.Node,
): node is TSESTree.ChainExpression | TSESTree.TSAsExpression | TSESTree.TSNonNullExpression {
  return wrapperTypes.has(node.type);
}

const wrapperTypes: ReadonlySet<string> = new Set([
  "ChainExpression",
  "TSAsExpression",
  "TSInstantiationExpression",
  "TSNonNullExpression",
  "TSSatisfiesExpression",
  "TSTypeAssertion",
]);
