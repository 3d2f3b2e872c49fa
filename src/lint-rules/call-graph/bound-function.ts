import { findTypeAt } from "../type-checker/ask-types.js";
import { type CallExpression, type Node, isCallExpression, isPropertyAccessExpression } from "../type-checker/ast.js";
import type { Project } from "../type-checker/types.js";
import { getDeclaredName } from "../type-queries/declared-name.js";

/** Does it look like `read.bind(…)`? */
export function isBinding(node: Node): node is CallExpression {
  return isCallExpression(node) && isPropertyAccessExpression(node.expression) && node.expression.name.text === "bind";
}

/** `read` of `read.bind(null, path)`, unless that is a `bind` of the workspace's own. */
export function findBound(node: Node, project: Project): Node | undefined {
  if (!isBinding(node) || !isPropertyAccessExpression(node.expression)) return undefined;
  const symbol = findTypeAt(node.expression, project)?.getSymbol();
  const isFunctions = symbol && getDeclaredName(symbol, project).container === "CallableFunction";
  return isFunctions ? node.expression.expression : undefined;
}
