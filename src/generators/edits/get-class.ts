import type { ClassDeclaration } from "ts-morph";
import type { EditedFile } from "./edit.js";
import { anchorMissing } from "./errors.js";

/** The class of this name that the file declares. */
export function getClass(file: EditedFile, name: string): ClassDeclaration {
  const found = file.source.getClass(name);
  if (found === undefined) throw anchorMissing(file, `class ${name}`);
  return found;
}
