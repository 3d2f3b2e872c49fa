import type { TSESTree } from "@typescript-eslint/utils";

/** Can both pieces of code run in one call of their function, the first before the second? `if` and `else` cannot. */
export function canBothRun(first: TSESTree.Node, second: TSESTree.Node): boolean {
  let child = first;
  for (let parent = first.parent; parent; child = parent, parent = parent.parent) {
    if (contains(parent, second)) return !areBranches(parent, child, second);
    if (leavesFunction(parent)) return false;
  }
  return true;
}

function contains({ range }: TSESTree.Node, inner: TSESTree.Node): boolean {
  return range[0] <= inner.range[0] && inner.range[1] <= range[1];
}

/** Does the code that it belongs to end the call, so that nothing behind it runs? */
function leavesFunction(node: TSESTree.Node): boolean {
  if (node.type === "ReturnStatement" || node.type === "ThrowStatement") return true;
  const last = node.type === "BlockStatement" ? node.body.at(-1) : undefined;
  return last !== undefined && /^(?:Return|Throw|Continue|Break)Statement$/.test(last.type);
}

/** `child` holds the first piece, and another child of the same parent the second. */
function areBranches(parent: TSESTree.Node, child: TSESTree.Node, second: TSESTree.Node): boolean {
  switch (parent.type) {
    case "ConditionalExpression":
    case "IfStatement":
      return child === parent.consequent && parent.alternate !== null && contains(parent.alternate, second);
    case "SwitchStatement":
      return child !== parent.discriminant;
    case "TryStatement":
      return child === parent.block && parent.handler !== null && contains(parent.handler, second);
    default:
      return false;
  }
}
