import { runtimePackage } from "../runtime-vocabulary.js";
import { rememberById } from "../type-checker/remember.js";
import type { CheckerSymbol } from "../type-checker/types.js";
import { type DeclaredName, getDeclaredName } from "./declared-name.js";
import { isLanguageFunction } from "./language-function.js";
import { mayPromise } from "./return-type.js";

/**
 * Does the function or class merely make or compute a value, by its declaration: one of JavaScript's own, a harmless one
 * of Node's, a factory of the runtime?
 */
export const isPlainFunction = rememberById((symbol: CheckerSymbol, project): boolean => {
  const declared = getDeclaredName(symbol, project);
  if (isLanguageFunction(symbol)) return !isAsynchronous(declared);
  if (isOfRuntime(declared)) return declared.container === undefined && !mayPromise(symbol, project);
  return Object.hasOwn(plainNames, declared.module) && plainNames[declared.module]?.(declared) === true;
});

/** `Promise.resolve(…)` and `new Promise(…)` are values still; what is chained to one runs later. */
function isAsynchronous({ container, name }: DeclaredName): boolean {
  return container === "Promise" || container === "Atomics" || name === "fromAsync";
}

function isOfRuntime({ module }: DeclaredName): boolean {
  return module === runtimePackage;
}

const isNamed =
  (...names: string[]) =>
  ({ name }: DeclaredName): boolean =>
    names.includes(name);

/** By Node's module; `""` is the global scope, where `@types/node` also puts the functions of `node:path`. */
const plainNames: Readonly<Record<string, (declared: DeclaredName) => boolean>> = {
  "": ({ container, name }) =>
    ["Buffer", "BufferConstructor", "PlatformPath"].includes(container ?? "") ||
    ["now", "randomUUID", "structuredClone"].includes(name),
  crypto: isNamed("randomUUID"),
  path: () => true,
  url: isNamed("fileURLToPath", "pathToFileURL"),
  util: isNamed("callbackify", "format", "inspect", "promisify"),
};
