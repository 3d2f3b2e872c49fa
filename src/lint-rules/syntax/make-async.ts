import type { TSESLint } from "@typescript-eslint/utils";
import { type Node, isMethodDeclaration } from "../type-checker/ast.js";

/** Makes a function async; its return type becomes the promise of it where that is asked for. */
export function makeAsync(
  node: Node & { readonly name?: Node | undefined; readonly type?: Node | undefined },
  wrapsReturnType: boolean,
): TSESLint.ReportFixFunction {
  const start = (isMethodDeclaration(node) && node.name ? node.name : node).getStart();
  const { type } = node;
  return function* (fixer) {
    yield fixer.insertTextBeforeRange([start, start], "async ");
    if (!type || !wrapsReturnType) return;
    yield fixer.insertTextBeforeRange([type.getStart(), type.end], "Promise<");
    yield fixer.insertTextAfterRange([type.getStart(), type.end], ">");
  };
}
