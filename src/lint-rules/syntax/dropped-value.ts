import type { TSESTree } from "@typescript-eslint/utils";
import { getChainStart } from "./promise-chain.js";
import { skipWrappers } from "./skip-wrappers.js";

/** A value that code works out and does not use. */
export interface DroppedValue {
  readonly node: TSESTree.Node;
  /** By `void`: somebody wants it to be dropped. */
  readonly isVoid: boolean;
}

/**
 * What is dropped with the value of an expression: one of two in `a ? b : c`, the last one of `(a, b)`. What a variable or
 * a field holds is left out, also where it is awaited: somebody else may look at it.
 */
export function getDropped(expression: TSESTree.Node, isVoid = false): DroppedValue[] {
  const node = skipWrappers(expression);
  switch (node.type) {
    case "UnaryExpression":
      return node.operator === "void" ? getDropped(node.argument, true) : [];
    case "ConditionalExpression":
      return [...getDropped(node.consequent, isVoid), ...getDropped(node.alternate, isVoid)];
    case "LogicalExpression":
      return [...(node.operator === "??" ? getDropped(node.left, isVoid) : []), ...getDropped(node.right, isVoid)];
    case "SequenceExpression":
      return getDropped(node.expressions.at(-1) as TSESTree.Node, isVoid);
    case "AwaitExpression":
      return isHeld(node.argument) ? [] : [{ node, isVoid }];
    case "CallExpression":
      return isHeld(node) ? [] : [{ node, isVoid }];
    case "TaggedTemplateExpression":
      return [{ node, isVoid }];
    default:
      return [];
  }
}

/** Does a chain such as `saving.catch(warn)` begin with what somebody holds? */
function isHeld(expression: TSESTree.Expression): boolean {
  const { type } = getChainStart(expression);
  return type === "Identifier" || type === "MemberExpression";
}
