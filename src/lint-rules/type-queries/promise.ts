import { getMembers, getTypeArguments } from "../type-checker/ask-types.js";
import { rememberById } from "../type-checker/remember.js";
import {
  type CheckerSymbol,
  ObjectFlags,
  type Project,
  SignatureKind,
  SymbolFlags,
  type Type,
  type UnionOrIntersectionType,
} from "../type-checker/types.js";
import { isInDefaultLibrary } from "./declared-name.js";

/** The members of a union, or the type itself. */
export function getConstituents(type: Type): readonly Type[] {
  return type.isUnionType() ? getMembers(type).flatMap(getConstituents) : [type];
}

/** Is it so of each member of a union, and are these known? */
export function isOfEachMember(type: UnionOrIntersectionType, predicate: (member: Type) => boolean): boolean {
  const members = getMembers(type);
  return members.length > 0 && members.every(predicate);
}

/** Is it the built-in `Promise`, or a class or interface that extends it? */
export const isPromise = rememberById((type: Type, project): boolean => {
  if (type.isIntersectionType()) return getMembers(type).some((member) => isPromise(member, project));
  if (type.isUnionType()) return isOfEachMember(type, (member) => isPromise(member, project));
  if (type.isTypeParameter()) {
    const constraint = project.checker.getBaseConstraintOfType(type);
    return constraint !== undefined && constraint.id !== type.id && isPromise(constraint, project);
  }
  const symbol = type.getSymbol();
  return symbol !== undefined && isPromiseSymbol(symbol, project);
});

/** Is it the built-in `Promise` itself? */
export function isBuiltInPromise(type: Type, project: Project): boolean {
  const symbol = type.getSymbol();
  return symbol?.name === "Promise" && isInDefaultLibrary(symbol, project);
}

function isPromiseSymbol(symbol: CheckerSymbol, project: Project): boolean {
  if (symbol.name === "Promise" && isInDefaultLibrary(symbol, project)) return true;
  if (!(symbol.flags & (SymbolFlags.Class | SymbolFlags.Interface))) return false;
  if (isInDefaultLibrary(symbol, project)) return false;
  const declared = project.checker.getDeclaredTypeOfSymbol(symbol);
  if (!declared.isClassOrInterface()) return false;
  return project.checker.getBaseTypes(declared).some((base) => isPromise(base, project));
}

/** Has it a `then` that takes two callbacks, whatever it is called? */
export const isThenable = rememberById((type: Type, project): boolean => {
  const then = project.checker.getPropertyOfType(type, "then");
  const thenType = then && project.checker.getTypeOfSymbol(then);
  if (!thenType) return false;
  return getConstituents(thenType)
    .flatMap((member) => project.checker.getSignaturesOfType(member, SignatureKind.Call))
    .some((signature) => {
      const [onFulfilled, onRejected] = signature.getParameters();
      return onFulfilled && onRejected && isCallback(onFulfilled, project) && isCallback(onRejected, project);
    });
});

function isCallback(parameter: CheckerSymbol, project: Project): boolean {
  const type = project.checker.getTypeOfSymbol(parameter);
  return type !== undefined && getConstituents(type).some((member) => isCallable(member, project));
}

/** Can it be called? */
export function isCallable(type: Type, project: Project): boolean {
  return project.checker.getSignaturesOfType(type, SignatureKind.Call).length > 0;
}

/** `T` of a `Promise<T>`; `undefined` for everything else. */
export function findPromisedType(type: Type, project: Project): Type | undefined {
  if (!type.isTypeReference() || !isPromise(type, project)) return undefined;
  return getTypeArguments(type, project)[0];
}

/** The types of an array's or tuple's elements; empty for everything else. */
export const getElementTypes = rememberById((type: Type, project): readonly Type[] => {
  if (!type.isTypeReference()) return [];
  const { checker } = project;
  return checker.isArrayType(type) || checker.isTupleType(type) ? getTypeArguments(type, project) : [];
});

/** The members of a union as they can be used: a type parameter stands for its constraint. */
export const getApparentConstituents = rememberById((type: Type, { checker }): readonly Type[] =>
  getConstituents(isApparent(type) ? type : (checker.getApparentType(type) ?? type)),
);

/** Is it for sure what it appears to be? */
function isApparent(type: Type): boolean {
  return type.isUnionType() || (type.isObjectType() && (type.objectFlags & ObjectFlags.Mapped) === 0);
}

/** Is it an array or a tuple, or does a type parameter stand for one, also as a member of a union or an intersection? */
export function isArrayOrTuple(type: Type, { checker }: Project): boolean {
  return getConstituents(checker.getBaseConstraintOfType(type) ?? type)
    .flatMap((member) => (member.isIntersectionType() ? getMembers(member) : [member]))
    .some((member) => checker.isArrayType(member) || checker.isTupleType(member));
}
