import { resultMembers, resultType, runtimePackage } from "../runtime-vocabulary.js";
import { getMembers, getTypeArguments } from "../type-checker/ask-types.js";
import { getSettings } from "../type-checker/project-settings.js";
import { rememberById } from "../type-checker/remember.js";
import { type Project, type Type, TypeFlags } from "../type-checker/types.js";
import { getDeclaredName } from "./declared-name.js";
import { findPromisedType, getApparentConstituents, getConstituents, isOfEachMember, isThenable } from "./promise.js";
import { matchesSpecifier } from "./type-specifier.js";

/** Is it `Promise<Result<…>>`, by whatever alias, inference or union it came about? What does not resolve passes. */
export function isPromiseOfResult(type: Type, project: Project): boolean {
  return getConstituents(type).every((member) => {
    const promised = findPromisedType(member, project);
    if (promised === undefined) return isAwaitableResult(member, project);
    return promised.isErrorType() || isResult(promised, project);
  });
}

/** Is it a Result that is awaited itself, as `ResultAsync` of neverthrow? */
export function isAwaitableResult(type: Type, project: Project): boolean {
  return isOfSettings(type, project) && isThenable(type, project);
}

/** Is every member of it a `Success` or a `Failure` of the runtime, or a Result by the settings? */
export const isResult = rememberById((type: Type, project): boolean => {
  if (isOfSettings(type, project)) return true;
  if (type.isTypeParameter()) {
    const constraint = project.checker.getBaseConstraintOfType(type);
    return constraint !== undefined && constraint.id !== type.id && isResult(constraint, project);
  }
  if (type.isIntersectionType()) return getMembers(type).some((member) => isResult(member, project));
  if (type.isUnionType()) return isOfEachMember(type, (member) => isResult(member, project));
  return (type.flags & TypeFlags.Never) !== 0 || isResultMember(type, project);
});

/** Is it, or a member of it, a Result that may be a Failure? */
export const mayBeFailure = rememberById(
  (type: Type, project): boolean =>
    isOfSettings(type, project) ||
    getApparentConstituents(type, project).some(
      (member) => isFailure(member, project) || isOfSettings(member, project),
    ),
);

/** Does a promise, or a Result that is awaited itself, give what may be a Failure? */
export function mayPromiseFailure(type: Type, project: Project): boolean {
  return getApparentConstituents(type, project).some((member) => {
    const promised = findPromisedType(member, project);
    return promised ? mayBeFailure(promised, project) : isAwaitableResult(member, project);
  });
}

function isFailure(type: Type, project: Project): boolean {
  return type.getSymbol()?.name === resultMembers[1] && isResultMember(type, project);
}

function isOfSettings(type: Type, project: Project): boolean {
  return matchesSpecifier(type, getSettings(project).resultTypes, project);
}

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
    .filter((member) => isFailure(member, project));
  return failures
    .flatMap((failure) => (failure.isTypeReference() ? getTypeArguments(failure, project) : []))
    .flatMap(getConstituents)
    .some(
      (member) => (member.flags & TypeFlags.String) !== 0 || (member.isStringLiteralType() && member.value === code),
    );
}
