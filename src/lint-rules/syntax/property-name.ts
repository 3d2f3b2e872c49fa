import type { TSESTree } from "@typescript-eslint/utils";

/** The property that a member expression reads, where its name is written out: `a.b`, `a["b"]`, `` a[`b`] ``. */
export function getStaticPropertyName({ computed, property }: TSESTree.MemberExpression): string | undefined {
  if (!computed) return property.type === "Identifier" ? property.name : undefined;
  if (property.type === "Literal") return String(property.value);
  if (property.type !== "TemplateLiteral" || property.expressions.length > 0) return undefined;
  return property.quasis[0]?.value.cooked ?? undefined;
}
