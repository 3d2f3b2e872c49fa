import type { TSESTree } from "@typescript-eslint/utils";

/** The property that a member expression reads, where its name is written out: `a.b`, `a["b"]`, `` a[`b`] ``. */
export function getStaticPropertyName({ computed, property }: TSESTree.MemberExpression): string | undefined {
  if (!computed) return property.type === "Identifier" ? property.name : undefined;
  if (property.type === "Literal") return String(property.value);
  if (property.type !== "TemplateLiteral" || property.expressions.length > 0) return undefined;
  return property.quasis[0]?.value.cooked ?? undefined;
}

/** The key of a member as it is written, where it is a name or a number; `undefined` for a text, `#name` and `[name]`. */
export function getLiteralKey({ computed, key }: Keyed): string | undefined {
  if (computed) return undefined;
  if (key.type === "Identifier") return key.name;
  return key.type === "Literal" && typeof key.value === "number" ? key.raw : undefined;
}

type Keyed = Pick<TSESTree.Property | TSESTree.MethodDefinition | TSESTree.TSMethodSignature, "computed" | "key">;
