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

/** A method with all its overloads, in the order of the text. */
export type Overloads = readonly [PublicMethod, ...PublicMethod[]];

/** The public methods of a class. */
export function getPublicMethods({ body }: TSESTree.ClassDeclaration | TSESTree.ClassExpression): Overloads[] {
  const byName = new Map<string | undefined, Overloads>();
  for (const method of body.body.filter(isPublicMethod)) {
    const name = getMemberName(method);
    byName.set(name, [...(byName.get(name) ?? []), method] as Overloads);
  }
  return [...byName.values()];
}

/** As a message names it: `InvoiceService.findInvoice`. */
export function getQualifiedName(member: PublicMethod): string {
  return [member.parent.parent.id?.name, getMemberName(member)].filter(Boolean).join(".");
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
