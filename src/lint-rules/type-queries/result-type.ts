import { resultMembers, resultType, runtimePackage } from "../runtime-vocabulary.js";
import { getMembers, getTypeArguments } from "../type-checker/ask-types.js";
import { rememberById } from "../type-checker/remember.js";
import { type Project, type Type, TypeFlags } from "../type-checker/types.js";
import { getDeclaredName } from "./declared-name.js";
import { findPromisedType, getConstituents, isOfEachMember } from "./promise.js";

/** Is it `Promise<Result<…>>`, by whatever alias, inference or union it came about? What does not resolve passes. */
export function isPromiseOfResult(type: Type, project: Project): boolean {
  return getConstituents(type).every((member) => {
    const promised = findPromisedType(member, project);
    return promised !== undefined && (promised.isErrorType() || isResult(promised, project));
  });
}

/** Is every member of it a `Success` or a `Failure` of the runtime? */
export const isResult = rememberById((type: Type, project): boolean => {
  if (type.isTypeParameter()) {
    const constraint = project.checker.getBaseConstraintOfType(type);
    return constraint !== undefined && constraint.id !== type.id && isResult(constraint, project);
  }
  if (type.isIntersectionType()) return getMembers(type).some((member) => isResult(member, project));
  if (type.isUnionType()) return isOfEachMember(type, (member) => isResult(member, project));
  return (type.flags & TypeFlags.Never) !== 0 || isResultMember(type, project);
});

function isResultMember(type: Type, project: Project): boolean {
  const symbol = type.getSymbol();
  if (!symbol || !resultMembers.some((name) => name === symbol.name)) return false;
  return getDeclaredName(symbol, project).module === runtimePackage;
}

/** Is it `Result<…>` by its name, and not a `Success` or a union of that form? */
export function isNamedResult(type: Type, project: Project): boolean {
  const alias = type.getAliasSymbol();
  return alias?.name === resultType && getDeclaredName(alias, project).module === runtimePackage;
}

/** May a `Promise<Result<…>>` give a Failure of this code? */
export function admitsFailure(type: Type, code: string, project: Project): boolean {
  const failures = getConstituents(type)
    .flatMap((member) => getConstituents(findPromisedType(member, project) ?? member))
    .filter((member) => isResultMember(member, project) && member.getSymbol()?.name === resultMembers[1]);
  return failures
    .flatMap((failure) => (failure.isTypeReference() ? getTypeArguments(failure, project) : []))
    .flatMap(getConstituents)
    .some(
      (member) => (member.flags & TypeFlags.String) !== 0 || (member.isStringLiteralType() && member.value === code),
    );
}
