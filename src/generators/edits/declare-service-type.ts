import type { InterfaceDeclaration } from "ts-morph";
import type { Edit, EditedFile } from "./edit.js";
import { anchorMissing } from "./errors.js";
import { fillBraces, indentationUnit, insertAfter } from "./placement.js";
import { styleOf } from "./style.js";

const RUNTIME = "@phasewise/runtime";

/** Declares the type of a service in `ServiceRegistry`, so that its id is known to `getService`. */
export function declareServiceType(id: string, className: string): Edit {
  return (file) => {
    const { quote, end } = styleOf(file);
    const member = `${quote(id)}: ${className}`;
    const registry = findRegistry(file);
    if (registry === undefined) return declareRegistry(file, member + end);
    if (registry.getProperties().some((property) => nameOf(property.getName()) === id)) return;
    const last = registry.getMembers().at(-1);
    if (last === undefined) return fillBraces(file, registry, [member + end]);
    const separator = /[;,]$/.exec(last.getText())?.[0];
    const isOneLine = registry.getStartLineNumber() === registry.getEndLineNumber();
    if (separator === undefined && isOneLine) file.insert(last.getEnd(), `; ${member}`);
    else insertAfter(file, last, [member + (separator ?? "")]);
  };
}

function findRegistry({ source }: EditedFile): InterfaceDeclaration | undefined {
  const augmentations = source.getModules().filter((module) => nameOf(module.getName()) === RUNTIME);
  return augmentations.map((module) => module.getInterface("ServiceRegistry")).find((found) => found !== undefined);
}

function declareRegistry(file: EditedFile, member: string): void {
  const anchor = file.source.getImportDeclarations().at(-1);
  if (anchor === undefined) throw anchorMissing(file, "import to declare the service's type below");
  const step = indentationUnit(file);
  const open = [`declare module ${styleOf(file).quote(RUNTIME)} {`, `${step}interface ServiceRegistry {`];
  insertAfter(file, anchor, ["", ...open, `${step}${step}${member}`, `${step}}`, "}"]);
}

function nameOf(quoted: string): string {
  return quoted.replace(/^["']|["']$/g, "");
}
