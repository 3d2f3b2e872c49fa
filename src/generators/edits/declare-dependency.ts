import type { ArrayLiteralExpression, Node } from "ts-morph";
import type { Edit, EditedFile } from "./edit.js";
import { anchorMissing } from "./errors.js";
import { getModuleDefinition } from "./module-definition.js";
import { beginsLine, insertProperty } from "./placement.js";
import { styleOf } from "./style.js";

/** Names a module among the `dependencies` of another one, unless it is an optional one already. */
export function declareDependency(id: string): Edit {
  return (file) => {
    const definition = getModuleDefinition(file);
    const lists = ["dependencies", "optionalDependencies"].map((name) => findList(file, name));
    if (lists.some((list) => list?.getElements().some((element) => namesModule(file, element, id)))) return;
    const quoted = styleOf(file).quote(id);
    const [list] = lists;
    if (list !== undefined) return addElement(file, list, quoted);
    const anchor = definition.getProperty("version") ?? definition.getProperty("id");
    if (anchor === undefined) throw anchorMissing(file, "id in defineModule({ … })");
    insertProperty(file, anchor, `dependencies: [${quoted}]`);
  };
}

function findList(file: EditedFile, name: string): ArrayLiteralExpression | undefined {
  const property = getModuleDefinition(file).getProperty(name);
  if (property === undefined) return undefined;
  const { Node } = file.morph;
  const list = Node.isPropertyAssignment(property) ? property.getInitializer() : undefined;
  if (Node.isArrayLiteralExpression(list)) return list;
  throw anchorMissing(file, `list of ${name} that is written out in defineModule({ … })`);
}

/** True for `"billing"` and for `{ id: "billing", version: "^1" }`. */
function namesModule({ morph: { Node } }: EditedFile, element: Node, id: string): boolean {
  const property = Node.isObjectLiteralExpression(element) ? element.getProperty("id") : undefined;
  const named = Node.isPropertyAssignment(property) ? property.getInitializer() : element;
  return Node.isStringLiteral(named) && named.getLiteralText() === id;
}

function addElement(file: EditedFile, list: ArrayLiteralExpression, element: string): void {
  const last = list.getElements().at(-1);
  if (last === undefined) file.insert(list.getEnd() - 1, element);
  else if (beginsLine(last)) insertProperty(file, last, element);
  else file.insert(last.getEnd(), `, ${element}`);
}
