import type { ArrayLiteralExpression, ObjectLiteralExpression } from "ts-morph";
import type { EditedFile } from "./edit.js";
import { anchorMissing } from "./errors.js";
import { beginsLine, insertProperty } from "./placement.js";

/** The list that an object has as a property; `undefined` when it has no such property. */
export function findList(
  file: EditedFile,
  object: ObjectLiteralExpression,
  { name, owner }: { name: string; owner: string },
): ArrayLiteralExpression | undefined {
  const property = object.getProperty(name);
  if (property === undefined) return undefined;
  const { Node } = file.morph;
  const list = Node.isPropertyAssignment(property) ? property.getInitializer() : undefined;
  if (Node.isArrayLiteralExpression(list)) return list;
  throw anchorMissing(file, `list of ${name} that is written out in ${owner}`);
}

/** Adds an element at the end of a list. */
export function addElement(file: EditedFile, list: ArrayLiteralExpression, element: string): void {
  const last = list.getElements().at(-1);
  if (last === undefined) file.insert(list.getEnd() - 1, element);
  else if (beginsLine(last)) insertProperty(file, last, element);
  else file.insert(last.getEnd(), `, ${element}`);
}
