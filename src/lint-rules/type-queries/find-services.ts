import type { TSESTree } from "@typescript-eslint/utils";
import type { CheckedFile } from "../type-checker/checked-file.js";
import { findClass, isServiceDeclaration } from "./service-class.js";

export type ClassNode = TSESTree.ClassDeclaration | TSESTree.ClassExpression;

/** Those of the linted file's classes that are services. */
export function findServices(classes: readonly ClassNode[], file: CheckedFile): ClassNode[] {
  return classes.filter((node) => {
    const found = node.superClass ? findClass(node, file) : undefined;
    return found !== undefined && isServiceDeclaration(found, file.project);
  });
}
