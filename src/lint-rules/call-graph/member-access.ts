import {
  type Node,
  NodeFlags,
  isBindingElement,
  isElementAccessExpression,
  isForOfStatement,
  isIdentifier,
  isPropertyAccessExpression,
  isStringLiteral,
} from "../type-checker/ast.js";
import type { Call } from "./unit.js";

/** The object that a call enters a member of. */
export interface MemberAccess {
  /** An expression that gives the object, or a pattern that takes it apart. */
  readonly object: Node;
  /** What the member may be called: the first of these that the object has. */
  readonly names: readonly string[];
}

/** The member that a call goes by; `undefined` for a plain function, and for a private one, which has no other. */
export function findMemberAccess({ callee, kind, node }: Call): MemberAccess | undefined {
  if (kind === "iterate") return { object: callee, names: getIterators(node) };
  if (kind === "dispose") return { object: callee, names: getDisposals(node) };
  if (kind !== "call" && kind !== "get" && kind !== "set") return undefined;
  if (isBindingElement(node))
    return isIdentifier(callee) || isStringLiteral(callee) ? { object: node.parent, names: [callee.text] } : undefined;
  if (isPropertyAccessExpression(callee) && isIdentifier(callee.name))
    return { object: callee.expression, names: [callee.name.text] };
  if (!isElementAccessExpression(callee) || !isStringLiteral(callee.argumentExpression)) return undefined;
  return { object: callee.expression, names: [callee.argumentExpression.text] };
}

function getIterators({ parent }: Node): string[] {
  const isAsync = isForOfStatement(parent) && parent.awaitModifier !== undefined;
  return isAsync ? ["[Symbol.asyncIterator]", "[Symbol.iterator]"] : ["[Symbol.iterator]"];
}

function getDisposals({ parent }: Node): string[] {
  const isAsync = (parent.flags & NodeFlags.AwaitUsing) === NodeFlags.AwaitUsing;
  return isAsync ? ["[Symbol.asyncDispose]", "[Symbol.dispose]"] : ["[Symbol.dispose]"];
}
