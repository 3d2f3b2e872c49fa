import type { Node, ObjectLiteralExpression } from "ts-morph";
import type { Edit, EditedFile } from "./edit.js";
import { anchorMissing } from "./errors.js";
import { addElement, findList } from "./list-property.js";
import { callsOf } from "./module-definition.js";
import { fillBraces, insertProperty } from "./placement.js";
import { styleOf } from "./style.js";

const owner = "defineConfig({ … })";

/** Names the file of a generator among the `generators` of the configuration. */
export function nameGenerator(path: string): Edit {
  return (file) => {
    const configuration = getConfiguration(file);
    const list = findList(file, configuration, { name: "generators", owner });
    const isNamed = (node: Node) => file.morph.Node.isStringLiteral(node) && node.getLiteralText() === path;
    if (list?.getElements().some(isNamed)) return;
    const quoted = styleOf(file).quote(path);
    if (list !== undefined) return addElement(file, list, quoted);
    const last = configuration.getProperties().at(-1);
    const property = `generators: [${quoted}]`;
    if (last === undefined) fillBraces(file, configuration, [`${property},`]);
    else insertProperty(file, last, property);
  };
}

/** What is given to `defineConfig`, or else what the file exports by default. */
function getConfiguration(file: EditedFile): ObjectLiteralExpression {
  const exported = file.source.getExportAssignment((assignment) => !assignment.isExportEquals())?.getExpression();
  const found = callsOf(file, file.source, "defineConfig")[0]?.getArguments()[0] ?? exported;
  if (file.morph.Node.isObjectLiteralExpression(found)) return found;
  throw anchorMissing(file, `${owner} with its properties written out`);
}
