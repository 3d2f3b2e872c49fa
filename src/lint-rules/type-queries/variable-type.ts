import type { TSESTree } from "@typescript-eslint/utils";
import { findTypeAt } from "../type-checker/ask-types.js";
import { isVariableDeclaration } from "../type-checker/ast.js";
import type { CheckedFile } from "../type-checker/checked-file.js";
import type { Type } from "../type-checker/types.js";

/** The type that a variable is declared with. Linters count its annotation to its name, so that the name has no node. */
export function findVariableType(declarator: TSESTree.VariableDeclarator, file: CheckedFile): Type | undefined {
  const found = file.find(declarator);
  return found && isVariableDeclaration(found) ? findTypeAt(found.name, file.project) : undefined;
}
