import type { ObjectLiteralExpression } from "ts-morph";
import type { EditedFile } from "./edit.js";
import { anchorMissing } from "./errors.js";
import { addElement, findList } from "./list-property.js";
import { callsOf } from "./module-definition.js";
import { fillBraces, insertProperty } from "./placement.js";

const owner = "defineConfig({ … })";

/** Adds an element, as it is written there, to a list of the configuration; the list too where there is none. */
export function listInConfiguration(file: EditedFile, name: string, element: string): void {
  const configuration = getConfiguration(file);
  const list = findList(file, configuration, { name, owner });
  if (list?.getElements().some((present) => withoutQuotes(present.getText()) === withoutQuotes(element))) return;
  if (list !== undefined) return addElement(file, list, element);
  const last = configuration.getProperties().at(-1);
  const property = `${name}: [${element}]`;
  if (last === undefined) fillBraces(file, configuration, [`${property},`]);
  else insertProperty(file, last, property);
}

/** What is given to `defineConfig`, or else what the file exports by default. */
function getConfiguration(file: EditedFile): ObjectLiteralExpression {
  const exported = file.source.getExportAssignment((assignment) => !assignment.isExportEquals())?.getExpression();
  const found = callsOf(file, file.source, "defineConfig")[0]?.getArguments()[0] ?? exported;
  if (file.morph.Node.isObjectLiteralExpression(found)) return found;
  throw anchorMissing(file, `${owner} with its properties written out`);
}

function withoutQuotes(text: string): string {
  return text.replace(/^["'`]|["'`]$/g, "");
}
