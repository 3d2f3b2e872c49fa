import { callbackKeepers, runtimePackage } from "../runtime-vocabulary.js";
import type { DeclaredName } from "../type-queries/declared-name.js";

/** Does a function of this name keep the callback for later? Then its code is no part of the caller's. */
export function isKeptBy(name: string): boolean {
  return keepers.has(name);
}

/**
 * Does a function whose code is not in the workspace run its callback before it is done? JavaScript's own functions and
 * the runtime's do; Node and other packages do it where the name says so (`map`, `forEach`), and keep a handler otherwise.
 */
export function isRunBy(name: string, declared: readonly DeclaredName[]): boolean {
  if (isKeptBy(name)) return false;
  return declared.some(({ module }) => module === "" || module === runtimePackage) || runners.has(name);
}

const keepers: ReadonlySet<string> = new Set([
  ...callbackKeepers,
  "add",
  "addEventListener",
  "addListener",
  "assign",
  "defineProperties",
  "defineProperty",
  "freeze",
  "nextTick",
  "on",
  "onAbort",
  "prependListener",
  "prependOnceListener",
  "push",
  "queueMicrotask",
  "requestAnimationFrame",
  "requestIdleCallback",
  "set",
  "setImmediate",
  "setInterval",
  "setTimeout",
  "unshift",
]);

const runners: ReadonlySet<string> = new Set([
  "each",
  "every",
  "filter",
  "find",
  "findIndex",
  "flatMap",
  "forEach",
  "map",
  "reduce",
  "run",
  "some",
  "sort",
  "times",
]);
