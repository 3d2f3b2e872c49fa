import type { TSESTree } from "@typescript-eslint/utils";
import type { CheckedFile } from "../type-checker/checked-file.js";
import { rememberById } from "../type-checker/remember.js";
import { ObjectFlags, type Project, SymbolFlags, type Type, TypeFlags } from "../type-checker/types.js";
import { isPlainTypeNode } from "../syntax/plain-type.js";
import { isNoPromise } from "../syntax/function-value.js";
import { getUsableMembers } from "./awaitable.js";
import { findVariableType } from "./variable-type.js";
import { isVoidFunction, returnsAwaitable } from "./void-function.js";

/** May the variable hold an object whose `[Symbol.dispose]()` is called by a declared type, or by `using`? */
export function mayDropDispose({ id, init, parent }: TSESTree.VariableDeclarator): boolean {
  if (!init || isNoPromise(init)) return false;
  const annotation = id.typeAnnotation?.typeAnnotation;
  return parent.kind === "using" || (annotation ? !isPlainTypeNode(annotation) : false);
}

/** Is the promise dropped that `[Symbol.dispose]()` of the variable's value gives: by `using`, or by who calls its type? */
export function dropsDispose(declarator: TSESTree.VariableDeclarator, value: Type, file: CheckedFile): boolean {
  const { project } = file;
  if (!getDisposeTypes(value, project).some((dispose) => returnsAwaitable(dispose, project))) return false;
  if (declarator.parent.kind === "using") return true;
  const declared = findVariableType(declarator, file);
  return (
    declared !== undefined && getDisposeTypes(declared, project).some((dispose) => isVoidFunction(dispose, project))
  );
}

/** The types of `[Symbol.dispose]`. The checker finds no member by a symbol, so all are looked through, of few types. */
const getDisposeTypes = rememberById((type: Type, project): readonly Type[] =>
  getUsableMembers(type, project)
    .filter((member) => isDisposable(member, project))
    .flatMap((member) => project.checker.getPropertiesOfType(member))
    .filter(({ name }) => name.startsWith("__@dispose@"))
    .map((symbol) => project.checker.getTypeOfSymbol(symbol))
    .filter((dispose) => dispose !== undefined),
);

/** An object literal may be: the checker refuses one for what it has beyond the interface. */
function isDisposable(type: Type, project: Project): boolean {
  const disposable = findDisposable(project);
  if (!disposable || !(type.flags & TypeFlags.StructuredType)) return false;
  if (type.isObjectType() && type.objectFlags & ObjectFlags.ObjectLiteral) return true;
  return project.checker.isTypeAssignableTo(type, disposable);
}

const disposables = new WeakMap<Project, Type | "none">();

function findDisposable(project: Project): Type | undefined {
  let found = disposables.get(project);
  if (!found) {
    const symbol = project.checker.resolveName("Disposable", SymbolFlags.Interface);
    found = symbol ? project.checker.getDeclaredTypeOfSymbol(symbol) : "none";
    disposables.set(project, found);
  }
  return found === "none" ? undefined : found;
}
