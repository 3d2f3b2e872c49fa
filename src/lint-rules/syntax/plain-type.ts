import type { TSESTree } from "@typescript-eslint/utils";

/** Is it, by its form, a type of values without members of their own making: `string`, `number[]`, `"a"`? */
export function isPlainTypeNode({ type }: TSESTree.TypeNode): boolean {
  return type.endsWith("Keyword") || type === "TSArrayType" || type === "TSLiteralType" || type === "TSTupleType";
}
