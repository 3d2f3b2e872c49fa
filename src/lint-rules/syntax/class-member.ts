import type { TSESTree } from "@typescript-eslint/utils";

/** A method, or a field holding a function, that users of the class can call by a name. */
export type PublicMethod =
  TSESTree.MethodDefinition | TSESTree.TSAbstractMethodDefinition | TSESTree.PropertyDefinition;

export function isPublicMethod(member: TSESTree.ClassElement): member is PublicMethod {
  if (!isMethod(member) && !isFunctionField(member)) return false;
  if (member.static || member.key.type === "PrivateIdentifier") return false;
  return (
    member.accessibility !== "private" && member.accessibility !== "protected" && getMemberName(member) !== undefined
  );
}

/** The name of a member, `undefined` when it is computed. */
export function getMemberName({ computed, key }: PublicMethod): string | undefined {
  if (key.type === "Identifier" && !computed) return key.name;
  return key.type === "Literal" ? String(key.value) : undefined;
}

function isMethod(
  member: TSESTree.ClassElement,
): member is TSESTree.MethodDefinition | TSESTree.TSAbstractMethodDefinition {
  return (
    (member.type === "MethodDefinition" || member.type === "TSAbstractMethodDefinition") && member.kind === "method"
  );
}

function isFunctionField(member: TSESTree.ClassElement): member is TSESTree.PropertyDefinition {
  if (member.type !== "PropertyDefinition") return false;
  return member.value?.type === "ArrowFunctionExpression" || member.value?.type === "FunctionExpression";
}
