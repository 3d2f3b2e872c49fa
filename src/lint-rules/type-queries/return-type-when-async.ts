import { findTypeAt } from "../type-checker/ask-types.js";
import type { Node } from "../type-checker/ast.js";
import { type Project, type Type, TypeFlags } from "../type-checker/types.js";
import { isInDefaultLibrary } from "./declared-name.js";
import { getApparentConstituents, isPromise, isThenable } from "./promise.js";

/**
 * What has to become of a function's return type when the function is made async: an async function has to declare the
 * built-in `Promise`. `undefined` where the type is a mixture that has to be written anew.
 */
export function findReturnTypeWhenAsync(
  { type: annotation }: { readonly type?: Node | undefined },
  project: Project,
): "kept" | "wrapped" | undefined {
  if (!annotation) return "kept";
  const type = findTypeAt(annotation, project);
  if (!type || type.isErrorType()) return undefined;
  if (isBuiltInPromise(type, project)) return "kept";
  const isPlain = getApparentConstituents(type, project).every(
    (member) => !(member.flags & TypeFlags.Any) && !isPromise(member, project) && !isThenable(member, project),
  );
  return isPlain ? "wrapped" : undefined;
}

function isBuiltInPromise(type: Type, project: Project): boolean {
  const symbol = type.getAliasSymbol() ? undefined : type.getSymbol();
  return symbol?.name === "Promise" && isInDefaultLibrary(symbol, project);
}
