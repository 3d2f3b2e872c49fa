import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

/**
 * Puts statements at the start of a function's body: on lines of their own with an empty one behind them, or in the line
 * of a body that has only one. Comments stay where they are.
 */
export function insertAtStart(
  body: TSESTree.BlockStatement,
  statements: readonly string[],
  sourceCode: Readonly<TSESLint.SourceCode>,
  fixer: TSESLint.RuleFixer,
): TSESLint.RuleFix {
  const brace = sourceCode.getFirstToken(body) as TSESTree.Token;
  const comments = sourceCode.getCommentsInside(body);
  const first = body.body[0];
  const last = comments.findLast(
    (comment) => comment.loc.start.line === brace.loc.start.line && isBefore(comment, first),
  );
  const before = last ?? brace;
  if (!first || first.loc.start.line === before.loc.end.line) {
    const text = statements.join(" ");
    return first ? fixer.insertTextBefore(first, `${text} `) : fixer.insertTextAfter(before, ` ${text} `);
  }
  const [, newline = "\n", indent = ""] = /(\r?\n)([ \t]*)[^\n]*$/.exec(sourceCode.text.slice(0, first.range[0])) ?? [];
  const text = statements.map((statement) => newline + indent + statement).join("");
  return fixer.insertTextAfter(before, text + newline);
}

function isBefore(comment: TSESTree.Comment, first: TSESTree.Statement | undefined): boolean {
  return !first || comment.range[1] <= first.range[0];
}
