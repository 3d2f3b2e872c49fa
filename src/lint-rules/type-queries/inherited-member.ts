import { getTypesAt } from "../type-checker/ask-types.js";
import { type Node, isClassDeclaration, isClassExpression, isInterfaceDeclaration } from "../type-checker/ast.js";
import type { CheckedFile } from "../type-checker/checked-file.js";
import { rememberById } from "../type-checker/remember.js";
import { type CheckerSymbol, SymbolFlags, type Type } from "../type-checker/types.js";
import type { ClassOrInterface, Heir } from "../syntax/heirs.js";
import { isVoidFunction } from "./void-function.js";

/** The names of the types above by which a member returns nothing. */
export function findVoidHeritage({ owner, name }: Heir, file: CheckedFile): string[] {
  return getHeritageTypes(owner, file)
    .filter((type) => {
      const above = findMemberType(type, name, file);
      return above !== undefined && isVoidFunction(above, file.project);
    })
    .map((type) => file.project.checker.typeToString(type));
}

/** The types that a class or an interface says it extends or implements. */
function getHeritageTypes(node: ClassOrInterface, file: CheckedFile): Type[] {
  const found = file.findDeclaration(node, isClassOrInterface);
  if (!found || !isClassOrInterface(found)) return [];
  const clauses = (found.heritageClauses ?? []).flatMap(({ types }) => [...types]);
  return getTypesAt(clauses, file.project).filter((type) => type !== undefined);
}

function isClassOrInterface(node: Node) {
  return isClassDeclaration(node) || isClassExpression(node) || isInterfaceDeclaration(node);
}

/** What a type says of a member: as it is written there, with its type parameters, or else as it inherits it. */
function findMemberType(type: Type, name: string, { project }: CheckedFile): Type | undefined {
  const symbol = type.getSymbol();
  const own = symbol && getMembersByName(symbol, project).get(name.startsWith("__") ? `_${name}` : name);
  const isClass = symbol && symbol.flags & (SymbolFlags.Class | SymbolFlags.Interface);
  if (!own && isClass && !getPropertyNames(symbol, project).has(name)) return undefined;
  const member = own ?? project.checker.getPropertyOfType(type, name);
  return member && project.checker.getTypeOfSymbol(member);
}

/** Most members of a class redefine nothing, and which may does not depend on the type arguments of what it extends. */
const getPropertyNames = rememberById((symbol: CheckerSymbol, { checker }): ReadonlySet<string> => {
  const properties = checker.getPropertiesOfType(checker.getDeclaredTypeOfSymbol(symbol));
  return new Set(properties.map((property) => property.name));
});

const getMembersByName = rememberById(
  (symbol: CheckerSymbol): ReadonlyMap<string, CheckerSymbol> =>
    symbol.getMembers() as ReadonlyMap<string, CheckerSymbol>,
);
