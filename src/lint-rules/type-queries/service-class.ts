import type { TSESTree } from "@typescript-eslint/utils";
import { runtimePackage, serviceBase } from "../runtime-vocabulary.js";
import { findTypeAt, getMembers } from "../type-checker/ask-types.js";
import {
  type ClassDeclaration,
  type ClassExpression,
  type Node,
  type SourceFile,
  SyntaxKind,
  isClassDeclaration,
  isClassExpression,
  isIdentifier,
  isImportDeclaration,
  isNamedImports,
  isStringLiteral,
} from "../type-checker/ast.js";
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

/** The same of a class where it is written. Most extend what their file imports from the runtime: that is no question. */
export function isServiceDeclaration(node: ClassDeclaration | ClassExpression, project: Project): boolean {
  if (!findBase(node)) return false;
  if (extendsImportedBase(node)) return true;
  const symbol = findTypeAt(node, project)?.getSymbol();
  return symbol !== undefined && isServiceClass(symbol, project);
}

/** Does a class at the top level of its file extend the runtime's `Service`, by the name it is imported with? */
export function extendsImportedBase(node: ClassDeclaration | ClassExpression): boolean {
  const base = findBase(node);
  if (!base || !isIdentifier(base) || node.parent.kind !== SyntaxKind.SourceFile) return false;
  return getBaseNames(node.getSourceFile()).has(base.text);
}

function findBase({ heritageClauses }: ClassDeclaration | ClassExpression): Node | undefined {
  return heritageClauses?.find(({ token }) => token === SyntaxKind.ExtendsKeyword)?.types[0]?.expression;
}

/** What a file calls the runtime's `Service`, as it imports it. A file keeps its tree while it does not change. */
function getBaseNames(sourceFile: SourceFile): ReadonlySet<string> {
  let names = baseNames.get(sourceFile);
  if (!names) baseNames.set(sourceFile, (names = new Set(sourceFile.statements.flatMap(readBaseNames))));
  return names;
}

const baseNames = new WeakMap<SourceFile, ReadonlySet<string>>();

function readBaseNames(statement: Node): string[] {
  if (!isImportDeclaration(statement) || !isStringLiteral(statement.moduleSpecifier)) return [];
  const bindings = statement.importClause?.namedBindings;
  if (statement.moduleSpecifier.text !== runtimePackage || !bindings || !isNamedImports(bindings)) return [];
  return bindings.elements
    .filter(({ name, propertyName }) => (propertyName ?? name).text === serviceBase)
    .map(({ name }) => name.text);
}

/** The checker's node of a class of the linted file. */
export function findClass(
  node: TSESTree.ClassDeclaration | TSESTree.ClassExpression,
  file: CheckedFile,
): ClassDeclaration | ClassExpression | undefined {
  const found = file.findDeclaration(node, isClass);
  return found && isClass(found) ? found : undefined;
}

function isClass(node: Node): node is ClassDeclaration | ClassExpression {
  return isClassDeclaration(node) || isClassExpression(node);
}

/** The symbol of a class of the linted file. */
export function findClassSymbol(
  node: TSESTree.ClassDeclaration | TSESTree.ClassExpression,
  file: CheckedFile,
): CheckerSymbol | undefined {
  const found = findClass(node, file);
  return found && findTypeAt(found, file.project)?.getSymbol();
}
