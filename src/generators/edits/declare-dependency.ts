import type { Node } from "ts-morph";
import type { Edit, EditedFile } from "./edit.js";
import { anchorMissing } from "./errors.js";
import { addElement, findList } from "./list-property.js";
import { getModuleDefinition } from "./module-definition.js";
import { insertProperty } from "./placement.js";
import { styleOf } from "./style.js";

/** Names a module among the `dependencies` of another one, unless it is an optional one already. */
export function declareDependency(id: string): Edit {
  return (file) => {
    const definition = getModuleDefinition(file);
    const lists = ["dependencies", "optionalDependencies"].map((name) =>
      findList(file, definition, { name, owner: "defineModule({ … })" }),
    );
    if (lists.some((list) => list?.getElements().some((element) => namesModule(file, element, id)))) return;
    const quoted = styleOf(file).quote(id);
    const [list] = lists;
    if (list !== undefined) return addElement(file, list, quoted);
    const anchor = definition.getProperty("version") ?? definition.getProperty("id");
    if (anchor === undefined) throw anchorMissing(file, "id in defineModule({ … })");
    insertProperty(file, anchor, `dependencies: [${quoted}]`);
  };
}

/** True for `"billing"` and for `{ id: "billing", version: "^1" }`. */
function namesModule({ morph: { Node } }: EditedFile, element: Node, id: string): boolean {
  const property = Node.isObjectLiteralExpression(element) ? element.getProperty("id") : undefined;
  const named = Node.isPropertyAssignment(property) ? property.getInitializer() : element;
  return Node.isStringLiteral(named) && named.getLiteralText() === id;
}
