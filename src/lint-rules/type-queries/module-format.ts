import type { CheckedFile } from "../type-checker/checked-file.js";
import { ModuleKind } from "../type-checker/types.js";

/** Does Node load the file as a module, so that `await` may stand at its top level? */
export function isNodeModule({ project: { program }, sourceFile: { path } }: CheckedFile): boolean {
  return program.getSourceFileMetadataByPath(path)?.impliedNodeFormat === ModuleKind.ESNext;
}
