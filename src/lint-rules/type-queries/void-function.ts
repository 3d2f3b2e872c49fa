import { rememberById } from "../type-checker/remember.js";
import { ObjectFlags, type Project, SignatureKind, type Type, TypeFlags } from "../type-checker/types.js";
import { getUsableMembers, isSometimesAwaitable } from "./awaitable.js";
import { getGenericTarget } from "./generic-target.js";
import { getConstituents, isCallable } from "./promise.js";

/** Is it a function that may give a promise? */
export const returnsAwaitable = rememberById((type: Type, project): boolean =>
  getUsableMembers(type, project)
    .flatMap((member) => getReturnTypes(member, project))
    .some((returned) => isSometimesAwaitable(returned, project)),
);

/** Is it a function whose caller drops what it gives: `void` by one signature, a promise by none? */
export const isVoidFunction = rememberById((type: Type, project): boolean => {
  const returned = getConstituents(type).flatMap((member) => getReturnTypes(member, project));
  return (
    returned.some(({ flags }) => flags & TypeFlags.Void) &&
    !returned.some((member) => isSometimesAwaitable(member, project))
  );
});

const getReturnTypes = rememberById((type: Type, project: Project): readonly Type[] => {
  if (!mayBeCallable(type) || !isCallable(getGenericTarget(type), project)) return [];
  return project.checker
    .getSignaturesOfType(type, SignatureKind.Call)
    .map((signature) => project.checker.getReturnTypeOfSignature(signature))
    .filter((returned) => returned !== undefined);
});

/** Whether a type has a signature costs a question, which most of them need not be asked. */
function mayBeCallable(type: Type): boolean {
  if (type.flags & TypeFlags.Boolean) return false;
  if (type.isObjectType()) return (type.objectFlags & ObjectFlags.ObjectLiteral) === 0;
  return (type.flags & TypeFlags.StructuredOrInstantiable) !== 0;
}
