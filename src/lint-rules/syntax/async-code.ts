import type { TSESTree } from "@typescript-eslint/utils";

/** May `await` stand here: in the body of an async function, or at a module's top level? */
export function isInAsyncCode(node: TSESTree.Node): boolean {
  let child = node;
  for (let current = node.parent; current; [child, current] = [current, current.parent]) {
    if ("async" in current) return current.async && !current.params.some((parameter) => parameter === child);
    if (current.type === "StaticBlock" || current.type === "PropertyDefinition") return false;
  }
  return true;
}
