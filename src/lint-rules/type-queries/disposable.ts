import { leaseTypes, runtimePackage } from "../runtime-vocabulary.js";
import { rememberById } from "../type-checker/remember.js";
import { type CheckerSymbol, type Project, SymbolFlags, type Type, TypeFlags } from "../type-checker/types.js";
import { getDeclaredName, getInstalledPackage, isInDefaultLibrary } from "./declared-name.js";
import { getConstituents } from "./promise.js";
import { isServiceClass } from "./service-class.js";

/** How a value is given back: by a declaration, or by a method of its own where it knows no other way. */
export interface Disposal {
  readonly by: "await using" | "using" | "release";
  /** Who acquires one holds it alone, and nothing else gives it back: a pool's lease, a file handle. */
  readonly isLease: boolean;
}

/**
 * How a value of this type is to be disposed of by who made it. Nothing where that is left to others: iterators, timers
 * and streams end by themselves, and the application disposes of its services.
 */
export const findDisposal = rememberById((type: Type, project): Disposal | undefined => {
  const members = getConstituents(type).filter(({ flags }) => !(flags & emptyTypes));
  const disposals = members.map((member) => findOwnDisposal(member, project));
  if (disposals.length === 0 || disposals.includes(undefined)) return undefined;
  return disposals.find((disposal) => disposal?.by !== "using") ?? disposals[0];
});

const emptyTypes = TypeFlags.Null | TypeFlags.Undefined;

function findOwnDisposal(type: Type, project: Project): Disposal | undefined {
  const symbol = type.getSymbol();
  if (symbol && isPooledConnection(symbol, project)) return { by: "release", isLease: true };
  if (symbol && symbol.flags & SymbolFlags.Class && isServiceClass(symbol, project)) return undefined;
  const properties = project.checker.getPropertiesOfType(type);
  const asynchronous = properties.find(({ escapedName }) => escapedName.startsWith("__@asyncDispose@"));
  const disposer = asynchronous ?? properties.find(({ escapedName }) => escapedName.startsWith("__@dispose@"));
  if (!disposer || !isLeftToItsMaker(disposer, project)) return undefined;
  if (properties.some(({ name }) => name === "next")) return undefined;
  return { by: asynchronous ? "await using" : "using", isLease: symbol !== undefined && isLease(symbol, project) };
}

/** Of what JavaScript and Node bring along, only some must be closed by hand; what others declare must. */
function isLeftToItsMaker(disposer: CheckerSymbol, project: Project): boolean {
  const { container } = getDeclaredName(disposer, project);
  if (isInDefaultLibrary(disposer, project)) return /^(?:Async)?Disposable(?:Stack)?$/.test(container ?? "");
  const isNodes = getInstalledPackage(disposer.declarations[0]?.path ?? "") === "node";
  return !isNodes || nodeHandles.has(container ?? "");
}

const nodeHandles: ReadonlySet<string> = new Set(["DatabaseSync", "Dir", "FileHandle"]);

function isLease(symbol: CheckerSymbol, project: Project): boolean {
  const { module } = getDeclaredName(symbol, project);
  if (leaseTypes.some((name) => name === symbol.name)) return module === runtimePackage;
  return module === "fs/promises" && symbol.name === "FileHandle";
}

/** A connection that a pool lends, and that has a `release` for giving it back. */
function isPooledConnection(symbol: CheckerSymbol, project: Project): boolean {
  const name = pooledConnections.get(symbol.name);
  return name !== undefined && name === getDeclaredName(symbol, project).module;
}

const pooledConnections: ReadonlyMap<string, string> = new Map([
  ["PoolClient", "pg"],
  ["PoolConnection", "mysql2"],
]);
