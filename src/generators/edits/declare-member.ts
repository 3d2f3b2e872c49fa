import type { InterfaceDeclaration, ModuleDeclaration } from "ts-morph";
import type { EditedFile } from "./edit.js";
import { anchorMissing } from "./errors.js";
import { fillBraces, indentationUnit, insertAfter } from "./placement.js";
import { styleOf } from "./style.js";

const RUNTIME = "@phasewise/runtime";

/** Declares a key and its type in an interface of the runtime, such as `ServiceRegistry`, where the file augments it. */
export function declareMember(file: EditedFile, registry: string, key: string, type: string): void {
  const { quote, end } = styleOf(file);
  const member = `${quote(key)}: ${type}`;
  const augmentations = file.source.getModules().filter((module) => nameOf(module.getName()) === RUNTIME);
  const found = augmentations.map((module) => module.getInterface(registry)).find((one) => one !== undefined);
  if (found !== undefined) addMember(file, found, key, member);
  else addInterface(file, augmentations[0], registry, member + end);
}

function addMember(file: EditedFile, registry: InterfaceDeclaration, key: string, member: string): void {
  if (registry.getProperties().some((property) => nameOf(property.getName()) === key)) return;
  const last = registry.getMembers().at(-1);
  if (last === undefined) return fillBraces(file, registry, [member + styleOf(file).end]);
  const separator = /[;,]$/.exec(last.getText())?.[0];
  const isOneLine = registry.getStartLineNumber() === registry.getEndLineNumber();
  if (separator === undefined && isOneLine) file.insert(last.getEnd(), `; ${member}`);
  else insertAfter(file, last, [member + (separator ?? "")]);
}

function addInterface(
  file: EditedFile,
  augmentation: ModuleDeclaration | undefined,
  registry: string,
  member: string,
): void {
  const step = indentationUnit(file);
  const lines = [`interface ${registry} {`, `${step}${member}`, "}"];
  const inner = augmentation?.getStatements().at(-1);
  if (inner !== undefined) return insertAfter(file, inner, lines);
  if (augmentation !== undefined) return fillBraces(file, augmentation, lines);
  const anchor = file.source.getImportDeclarations().at(-1);
  if (anchor === undefined) throw anchorMissing(file, `import to declare the interface ${registry} below`);
  const block = lines.map((line) => step + line);
  insertAfter(file, anchor, ["", `declare module ${styleOf(file).quote(RUNTIME)} {`, ...block, "}"]);
}

function nameOf(quoted: string): string {
  return quoted.replace(/^["']|["']$/g, "");
}
