import { findTypeAt } from "../type-checker/ask-types.js";
import { type Node, isCallExpression } from "../type-checker/ast.js";
import { type Project, SignatureKind, type Type, TypeFlags } from "../type-checker/types.js";
import { runtimePackage, taskOwners } from "../runtime-vocabulary.js";
import { type DeclaredName, getDeclaredName } from "../type-queries/declared-name.js";
import { getApparentConstituents, isPromise } from "../type-queries/promise.js";
import type { Call } from "./unit.js";

/** Is it the `setInterval` of a timer, and not that of `node:timers/promises`? */
export function isInterval(call: Call, project: Project): boolean {
  return isDeclared(
    call,
    project,
    (declared) => declared.name === "setInterval" && (declared.module === "" || declared.module === "timers"),
  );
}

/** Does the task that it begins belong to a group or a runner, which awaits it? */
export function isOwnedTask(call: Call, project: Project): boolean {
  return isDeclared(
    call,
    project,
    (declared) => declared.module === runtimePackage && taskOwners.some((owner) => owner === declared.container),
  );
}

/** Does it add an event listener? The runtime's own handlers may give a promise, which is awaited: their type says so. */
export function isListening(call: Call, project: Project): boolean {
  return isDeclared(call, project, ({ name }) => listening.has(name));
}

const listening: ReadonlySet<string> = new Set([
  "addEventListener",
  "addListener",
  "on",
  "once",
  "prependListener",
  "prependOnceListener",
]);

function isDeclared({ node, target }: Call, project: Project, isWanted: (declared: DeclaredName) => boolean) {
  return isCallExpression(node) && target.symbols.some((symbol) => isWanted(getDeclaredName(symbol, project)));
}

/** Is it a function that gives a promise, in a place that makes nothing of what it gives? */
export function isDroppedAsyncFunction(node: Node, project: Project): boolean {
  const type = findTypeAt(node, project);
  if (!type || !getReturned(type, project).some((returned) => isPromiseLike(returned, project))) return false;
  const expected = project.checker.getContextualType(node as Parameters<Project["checker"]["getContextualType"]>[0]);
  const returned = expected ? getReturned(expected, project) : [];
  return returned.length > 0 && returned.every(({ flags }) => (flags & nothing) !== 0);
}

const nothing = TypeFlags.Void | TypeFlags.Any | TypeFlags.Unknown | TypeFlags.Undefined;

function isPromiseLike(type: Type, project: Project): boolean {
  return getApparentConstituents(type, project).some((member) => isPromise(member, project));
}

function getReturned(type: Type, project: Project): Type[] {
  const { checker } = project;
  return getApparentConstituents(type, project)
    .flatMap((member) => checker.getSignaturesOfType(member, SignatureKind.Call))
    .map((signature) => checker.getReturnTypeOfSignature(signature))
    .filter((returned) => returned !== undefined);
}
