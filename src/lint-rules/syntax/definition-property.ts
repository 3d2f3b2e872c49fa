import {
  type Node,
  type ObjectLiteralElementLike,
  type ObjectLiteralExpression,
  isComputedPropertyName,
  isIdentifier,
  isNoSubstitutionTemplateLiteral,
  isPropertyAssignment,
  isShorthandPropertyAssignment,
  isSpreadAssignment,
  isStringLiteral,
} from "../type-checker/ast.js";

/** The property of a definition that counts, the last of this name; `"unknown"` where the code may bring another. */
export function findDefinitionProperty(
  { properties }: ObjectLiteralExpression,
  name: string,
): ObjectLiteralElementLike | "unknown" | undefined {
  const index = properties.findLastIndex((property) => getPropertyName(property) === name);
  return properties.slice(index + 1).some(mayBringAny) ? "unknown" : properties[index];
}

/** The value of a property: what is assigned to it, or the property itself where the two share a name. */
export function getPropertyValue(property: Node): Node | undefined {
  if (isShorthandPropertyAssignment(property)) return property;
  return isPropertyAssignment(property) ? property.initializer : undefined;
}

/** `...others`, `[name]: value` */
function mayBringAny(property: ObjectLiteralElementLike): boolean {
  return isSpreadAssignment(property) || getPropertyName(property) === undefined;
}

function getPropertyName(property: Node & { readonly name?: Node | undefined }): string | undefined {
  const name = property.name && isComputedPropertyName(property.name) ? property.name.expression : property.name;
  if (!name) return undefined;
  const isWritten = isStringLiteral(name) || isNoSubstitutionTemplateLiteral(name);
  return isWritten || (isIdentifier(name) && name === property.name) ? name.text : undefined;
}
