import { rememberById } from "../type-checker/remember.js";
import { type Project, SignatureKind, type Type, TypeFlags } from "../type-checker/types.js";
import { getGenericTarget } from "./generic-target.js";
import { getConstituents, isBuiltInPromise } from "./promise.js";

/** Does `await` always wait for it: is each member of a union an object with a `then` that takes a callback? */
export const isAlwaysAwaitable = rememberById((type: Type, project): boolean => {
  const members = getUsableMembers(type, project);
  return members.length > 0 && members.every((member) => hasThen(member, project));
});

/** Does `await` wait for it in some cases: is a member of a union, or of what it stands for, such an object? */
export const isSometimesAwaitable = rememberById((type: Type, project): boolean =>
  getUsableMembers(type, project)
    .flatMap((member) => getUsableMembers(member, project))
    .some((member) => hasThen(member, project)),
);

/** The members of a union as they can be used: a type parameter stands for its constraint. */
export function getUsableMembers(type: Type, { checker }: Project): readonly Type[] {
  return getConstituents(type.flags & TypeFlags.Instantiable ? (checker.getApparentType(type) ?? type) : type);
}

const hasThen = rememberById((type: Type, project): boolean => {
  const target = getGenericTarget(type);
  if (target === type) return getThenCallbacks(type, project).length > 0;
  if (isBuiltInPromise(target, project)) return true;
  return mayHaveThen(target, project) && getThenCallbacks(type, project).length > 0;
});

const mayHaveThen = rememberById(
  (type: Type, { checker }): boolean => checker.getPropertyOfType(type, "then") !== undefined,
);

/** What `then` of the type takes as its first argument, to call it with what the promise resolves to. */
export function getThenCallbacks(type: Type, project: Project): Type[] {
  const { checker } = project;
  if (!(type.flags & TypeFlags.StructuredOrInstantiable) || type.flags & TypeFlags.Boolean) return [];
  const then = checker.getPropertyOfType(type, "then");
  const thenType = then && checker.getTypeOfSymbol(then);
  if (!thenType) return [];
  return getConstituents(thenType)
    .flatMap((member) => checker.getSignaturesOfType(member, SignatureKind.Call))
    .flatMap((signature) => {
      const [onFulfilled] = signature.getParameters();
      const callback = onFulfilled && checker.getTypeOfSymbol(onFulfilled);
      return callback ? getUsableMembers(callback, project) : [];
    })
    .filter((callback) => checker.getSignaturesOfType(callback, SignatureKind.Call).length > 0);
}
