import type { Node, ObjectLiteralExpression, PropertyAssignment } from "ts-morph";
import type { Edit, EditedFile } from "./edit.js";
import { anchorMissing } from "./errors.js";
import { fillBraces, insertBefore, insertProperty } from "./placement.js";
import { styleOf } from "./style.js";

/** Adds a property with a quoted key to the object of a constant, where the order of its keys has its place. */
export function addProperty(constant: string, key: string, value: string): Edit {
  return (file) => {
    const object = getObject(file, constant);
    const properties = object.getProperties().filter(file.morph.Node.isPropertyAssignment);
    if (properties.some((property) => keyOf(property) === key)) return;
    const line = `${styleOf(file).quote(key)}: ${value}`;
    const next = properties.find((property) => keyOf(property) > key);
    const last = object.getProperties().at(-1);
    if (next !== undefined) insertBefore(file, next, [`${line},`]);
    else if (last !== undefined) insertProperty(file, last, line);
    else fillBraces(file, object, [`${line},`]);
  };
}

function getObject(file: EditedFile, constant: string): ObjectLiteralExpression {
  const { Node } = file.morph;
  let value: Node | undefined = file.source.getVariableDeclaration(constant)?.getInitializer();
  while (Node.isSatisfiesExpression(value) || Node.isAsExpression(value)) value = value.getExpression();
  if (Node.isObjectLiteralExpression(value)) return value;
  throw anchorMissing(file, `constant ${constant} with an object that is written out`);
}

function keyOf(property: PropertyAssignment): string {
  return property.getName().replace(/^["']|["']$/g, "");
}
