import type { TSESTree } from "@typescript-eslint/utils";
import type { CheckedFile } from "../type-checker/checked-file.js";
import type { CheckerSymbol } from "../type-checker/types.js";
import { getDeclaredName, isInDefaultLibrary } from "./declared-name.js";
import { isVoidFunction, returnsAwaitable } from "./void-function.js";

/** Is it a member that JavaScript itself has, as `sort` of arrays? */
export function isLanguageMember({ property }: TSESTree.MemberExpression, file: CheckedFile): boolean {
  const symbol = findSymbol(property, file);
  return symbol !== undefined && isInDefaultLibrary(symbol, file.project);
}

/**
 * Is it where the DOM or Node keeps a handler for events, as `onabort` of an `AbortSignal`? It may return anything by its
 * type, and what it returns is dropped. One that is declared to return nothing is a void function like any other.
 */
export function isEventHandler(node: TSESTree.MemberExpression, file: CheckedFile): boolean {
  const symbol = findSymbol(node.property, file);
  if (!symbol || !/^on[a-z]/.test(symbol.name) || getDeclaredName(symbol, file.project).module !== "") return false;
  const type = file.findType(node);
  return type !== undefined && !isVoidFunction(type, file.project) && !returnsAwaitable(type, file.project);
}

function findSymbol(node: TSESTree.Node, file: CheckedFile): CheckerSymbol | undefined {
  const found = file.find(node);
  return found && file.project.checker.getSymbolAtLocation(found);
}
