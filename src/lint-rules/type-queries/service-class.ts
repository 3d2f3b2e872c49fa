import type { TSESTree } from "@typescript-eslint/utils";
import { runtimePackage, serviceBase } from "../runtime-vocabulary.js";
import { findTypeAt, getMembers } from "../type-checker/ask-types.js";
import { isClassDeclaration, isClassExpression } from "../type-checker/ast.js";
import type { CheckedFile } from "../type-checker/checked-file.js";
import { getSettings } from "../type-checker/project-settings.js";
import { rememberById } from "../type-checker/remember.js";
import { type CheckerSymbol, type Project, SymbolFlags, type Type } from "../type-checker/types.js";
import { getDeclaredName } from "./declared-name.js";
import { isNamedBy } from "./type-specifier.js";

/** Does the class extend the runtime's `Service` or another base of services, directly or through other classes? */
export const isServiceClass = rememberById((symbol: CheckerSymbol, project): boolean => {
  if (!(symbol.flags & SymbolFlags.Class)) return false;
  const declared = project.checker.getDeclaredTypeOfSymbol(symbol);
  return getBaseSymbols(declared, project).some(
    (base) => isServiceBase(base, project) || isServiceClass(base, project),
  );
});

/** Is it the runtime's `Service` itself, or a base of services by the settings? */
export function isServiceBase(symbol: CheckerSymbol, project: Project): boolean {
  if (symbol.name === serviceBase && getDeclaredName(symbol, project).module === runtimePackage) return true;
  return getSettings(project).serviceBases.some((specifier) => isNamedBy(symbol, specifier, project));
}

/** What a class or interface extends, also through a mixin. */
export function getBaseSymbols(type: Type, project: Project): CheckerSymbol[] {
  if (!type.isClassOrInterface()) return [];
  return project.checker
    .getBaseTypes(type)
    .flatMap((base) => (base.isIntersectionType() ? getMembers(base) : [base]))
    .map((base) => base.getSymbol())
    .filter((symbol) => symbol !== undefined);
}

/** The symbol of a class of the linted file. */
export function findClassSymbol(
  node: TSESTree.ClassDeclaration | TSESTree.ClassExpression,
  file: CheckedFile,
): CheckerSymbol | undefined {
  const found = file.findDeclaration(
    node,
    (candidate) => isClassDeclaration(candidate) || isClassExpression(candidate),
  );
  return found && findTypeAt(found, file.project)?.getSymbol();
}
