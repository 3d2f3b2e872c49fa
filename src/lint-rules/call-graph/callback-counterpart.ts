import type { Project } from "../type-checker/types.js";
import { type DeclaredName, getDeclaredName, getInstalledPackage } from "../type-queries/declared-name.js";
import { findImportedName } from "../type-queries/imported-name.js";
import { type Counterpart, findCounterpart } from "../type-queries/promise-counterpart.js";
import { findTimer } from "../type-queries/timer.js";
import type { Argument, Call } from "./unit.js";

type Reference = Pick<Argument, "node" | "target">;

/** The promise counterpart of the function that is called. */
export function findCalledCounterpart({ callee, target }: Call, project: Project): Counterpart | undefined {
  return findFirst(getNames({ node: callee, target }, project), findCounterpart);
}

/** The function that a call of `promisify` makes, where a module of Node's has it. */
export function findPromisified(
  { arguments: [first], callee, target }: Call,
  project: Project,
): Counterpart | undefined {
  const names = first ? getNames({ node: callee, target }, project) : [];
  if (!first || !names.some(({ module, name }) => module === "util" && name === "promisify")) return undefined;
  const timer = findNodeTimer(first, project);
  const made = timer ? [{ module: "timers", container: undefined, name: timer }] : getNames(first, project);
  const counterpart = findFirst(made, findCounterpart);
  return counterpart?.isInModule ? counterpart : undefined;
}

/**
 * The timer of Node's that a promise waits for: that of a call, or of the name that `new Promise` is given. Where browsers
 * have one of this name, too, only a file that uses Node otherwise is sure to run there.
 */
export function findWaitedTimer(call: Call | undefined, usesNode: boolean, project: Project): string | undefined {
  const reference = call?.kind === "new" ? call.arguments[0] : call;
  if (!reference || (!usesNode && isTimerOfBrowsers(reference))) return undefined;
  const name = findNodeTimer(reference, project);
  return name && /^(?:nextTick|setImmediate|setTimeout)$/.test(name) ? name : undefined;
}

function findNodeTimer({ target: { symbols } }: Pick<Reference, "target">, project: Project): string | undefined {
  const nodes = symbols.filter(({ declarations }) =>
    declarations.some(({ path }) => getInstalledPackage(path) === "node"),
  );
  return findFirst(nodes, (symbol) =>
    getDeclaredName(symbol, project).module === "timers/promises" ? undefined : findTimer(symbol, project),
  );
}

function isTimerOfBrowsers({ target: { symbols } }: Pick<Reference, "target">): boolean {
  return symbols.some(({ declarations }) => declarations.some(({ path }) => /\/lib\.dom\.d\.ts$/.test(path)));
}

function getNames({ node, target }: Reference, project: Project): DeclaredName[] {
  const imported = target.isUnknown ? findImportedName(node, project) : undefined;
  return imported ? [imported] : target.symbols.map((symbol) => getDeclaredName(symbol, project));
}

function findFirst<From, To>(values: readonly From[], find: (value: From) => To | undefined): To | undefined {
  return values.map(find).find((found) => found !== undefined);
}
