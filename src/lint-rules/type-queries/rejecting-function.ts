import { runtimePackage, steadyFunctions } from "../runtime-vocabulary.js";
import { rememberById } from "../type-checker/remember.js";
import type { CheckerSymbol, Project } from "../type-checker/types.js";
import { type DeclaredName, getDeclaredName, getLabel } from "./declared-name.js";
import { isLanguageFunction } from "./language-function.js";
import { mayPromise } from "./return-type.js";

/**
 * A function from outside of the workspace whose promise may reject: it is declared to return one, and failures of what it
 * does come by it. JavaScript's own functions are none: theirs pass on what they are given.
 */
export const findRejectingFunction = rememberById((symbol: CheckerSymbol, project): string | undefined => {
  if (!isFromOutside(symbol, project) || isLanguageFunction(symbol)) return undefined;
  const declared = getDeclaredName(symbol, project);
  if (isSteady(declared) || !mayPromise(symbol, project)) return undefined;
  return getLabel(getSpelled(declared));
});

/** Is its code outside of the workspace, or the runtime's? */
export function isFromOutside(symbol: CheckerSymbol, project: Project): boolean {
  const isDeclaration = symbol.declarations.some(({ path }) => /\.d\.[cm]?ts$|\/node_modules\//.test(path));
  return isDeclaration || getDeclaredName(symbol, project).module === runtimePackage;
}

/** Timers, and what of the runtime rejects by no failure: only an abort of its signal ends the wait. */
function isSteady({ container, module, name }: DeclaredName): boolean {
  if (module === "timers/promises") return true;
  if (module !== runtimePackage) return false;
  return steadyFunctions.some((steady) => steady === name) || (name === "acquire" && container !== "ResourcePool");
}

/** As a reader knows it: `promisify(execFile)` has the type of `execFile.__promisify__`, and `BodyMixin` is a response. */
function getSpelled(declared: DeclaredName): DeclaredName {
  const { container = "", module, name } = declared;
  if (name === "__promisify__") return { module, container: undefined, name: container };
  return /^Body(?:Mixin)?$/.test(container) ? { module, container: "Response", name } : declared;
}
