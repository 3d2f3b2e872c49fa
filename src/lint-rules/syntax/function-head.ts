import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

/** Where a property that holds a function says so: from its name to the parameters. */
export function getPropertyFunctionHead(
  node: TSESTree.ArrowFunctionExpression | TSESTree.FunctionExpression,
  sourceCode: Readonly<TSESLint.SourceCode>,
): TSESTree.SourceLocation {
  const end = findParameterStart(node, sourceCode) ?? node;
  return { start: node.parent.loc.start, end: end.loc.start };
}

function findParameterStart(
  node: TSESTree.ArrowFunctionExpression | TSESTree.FunctionExpression,
  sourceCode: Readonly<TSESLint.SourceCode>,
): TSESTree.Token | null {
  const [parameter] = node.params;
  if (node.type === "ArrowFunctionExpression" && parameter && node.params.length === 1) {
    const first = sourceCode.getFirstToken(parameter);
    const before = first && sourceCode.getTokenBefore(first);
    return before?.value === "(" ? before : first;
  }
  const isOpening = ({ value }: TSESTree.Token) => value === "(";
  return node.id ? sourceCode.getTokenAfter(node.id, isOpening) : sourceCode.getFirstToken(node, isOpening);
}
