import { findTypeAt } from "../type-checker/ask-types.js";
import {
  type Node,
  SyntaxKind,
  isCaseClause,
  isConditionalExpression,
  isForOfStatement,
  isIdentifier,
  isIfStatement,
  isNewExpression,
  isTryStatement,
} from "../type-checker/ast.js";
import type { Project } from "../type-checker/types.js";
import { isFunctionWithBody } from "../call-graph/function-with-body.js";
import type { ContextCall } from "./context-calls.js";

/** The name of the class of a service that is registered; of a lazy one, the class that its function makes. */
export function findRegisteredClass({ call }: ContextCall, project: Project): string | undefined {
  const [, service] = call.arguments;
  if (!service) return undefined;
  const created = findCreated(service);
  if (created) return created;
  const name = findTypeAt(service, project)?.getSymbol()?.name;
  return name?.startsWith("__") ? undefined : name;
}

function findCreated(node: Node): string | undefined {
  if (isNewExpression(node) && isIdentifier(node.expression)) return node.expression.text;
  return node.forEachChild(findCreated);
}

/** Is the call made in some cases only: in a branch, a loop or a `try`? */
export function isConditional({ call }: ContextCall): boolean {
  for (let node: Node | undefined = call.parent; node && !isFunctionWithBody(node); node = node.parent) {
    const isBranch = isIfStatement(node) || isConditionalExpression(node) || isCaseClause(node);
    if (isBranch || isForOfStatement(node) || isTryStatement(node) || branches.has(node.kind)) return true;
  }
  return false;
}

const branches: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.DefaultClause,
  SyntaxKind.ForStatement,
  SyntaxKind.ForInStatement,
  SyntaxKind.WhileStatement,
  SyntaxKind.DoStatement,
  SyntaxKind.CatchClause,
]);
