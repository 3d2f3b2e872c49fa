import { GeneratorError } from "../errors.js";
import type { EditedFile } from "./edit.js";

/** The code that an edit belongs beside is not in the file. */
export function anchorMissing({ path }: EditedFile, anchor: string): GeneratorError {
  return new GeneratorError(
    "ANCHOR_MISSING",
    `Nothing was written: ${path} has no ${anchor}. Add it there, or make the change by hand, then run the command again.`,
  );
}
