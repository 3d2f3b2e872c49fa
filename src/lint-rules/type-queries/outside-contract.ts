import { findTypeAt } from "../type-checker/ask-types.js";
import { isExpressionWithTypeArguments } from "../type-checker/ast.js";
import type { CheckedFile } from "../type-checker/checked-file.js";
import type { CheckerSymbol, Project } from "../type-checker/types.js";
import { getInstalledPackage, isInDefaultLibrary } from "./declared-name.js";
import type { ClassNode } from "./find-services.js";
import { mayPromise } from "./return-type.js";

/**
 * Must the method of this name be synchronous whatever its author wants, because JavaScript calls it (`toJSON`), or an
 * interface says so that the class implements and that the language or an installed package declares?
 */
export function isSynchronousByContract(
  name: string,
  { implements: contracts = [] }: ClassNode,
  file: CheckedFile,
): boolean {
  if (isCalledByLanguage(name)) return true;
  return contracts.some((contract) => {
    const node = file.findDeclaration(contract, isExpressionWithTypeArguments);
    const type = node && findTypeAt(node, file.project);
    const member = type && file.project.checker.getPropertyOfType(type, name);
    return member !== undefined && isOutside(member, file.project) && !mayPromise(member, file.project);
  });
}

/** Does JavaScript itself call a method of this name? */
export function isCalledByLanguage(name: string): boolean {
  return calledByLanguage.has(name);
}

const calledByLanguage: ReadonlySet<string> = new Set(["toJSON", "toLocaleString", "toString", "valueOf"]);

function isOutside(symbol: CheckerSymbol, project: Project): boolean {
  const isInstalled = symbol.declarations.some(({ path }) => getInstalledPackage(path) !== undefined);
  return isInstalled || isInDefaultLibrary(symbol, project);
}
