import type { TSESTree } from "@typescript-eslint/utils";

/** May `await` stand here: in an async function, or at a module's top level? */
export function isInAsyncCode(node: TSESTree.Node): boolean {
  for (let current = node.parent; current; current = current.parent) {
    if ("async" in current) return current.async;
    if (current.type === "StaticBlock" || current.type === "PropertyDefinition") return false;
  }
  return true;
}
