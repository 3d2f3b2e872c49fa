import type { TSESTree } from "@typescript-eslint/utils";
import { skipWrappers } from "./skip-wrappers.js";

/** A value that code works out and does not use. */
export interface DroppedValue {
  readonly node: TSESTree.Node;
  /** By `void`: somebody wants it to be dropped. */
  readonly isVoid: boolean;
}

/** What is dropped with the value of an expression: one of two in `a ? b : c`, the last one of `(a, b)`. */
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
    case "CallExpression":
    case "TaggedTemplateExpression":
      return [{ node, isVoid }];
    default:
      return isVoid ? [{ node, isVoid }] : [];
  }
}
