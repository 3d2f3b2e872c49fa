import { rememberById } from "../type-checker/remember.js";
import type { CheckerSymbol } from "../type-checker/types.js";
import { type DeclaredName, getDeclaredName, getInstalledPackage, getLabel } from "./declared-name.js";

/** A function that holds the event loop until its work is done. */
export interface BlockingFunction {
  /** As a reader would write it: `fs.readFileSync`. */
  readonly label: string;
  /** What to await instead. */
  readonly advice: string;
  readonly declared?: DeclaredName;
}

/** The blocking function that a symbol declares, `undefined` for every other symbol. */
export const findBlockingFunction = rememberById((symbol: CheckerSymbol, project): BlockingFunction | undefined => {
  if (!mayBlock(symbol)) return undefined;
  return findBlockingName(getDeclaredName(symbol, project));
});

/** The same by name, for code whose types do not resolve. */
export function findBlockingName(declared: DeclaredName): BlockingFunction | undefined {
  const isBlocking = Object.hasOwn(blockingNames, declared.module) ? blockingNames[declared.module] : undefined;
  if (!isBlocking?.(declared)) return undefined;
  return { label: getLabel(declared), advice: getAdvice(declared), declared };
}

const isSyncName = (name: string): boolean => /(?:^s|S)ync$/.test(name);
const endsInSync = ({ name }: DeclaredName): boolean => isSyncName(name);
const isMemberOf =
  (...containers: string[]) =>
  ({ name, container }: DeclaredName): boolean =>
    containers.includes(container ?? name);

/** By module or package; `""` is the global scope. */
const blockingNames: Readonly<Record<string, (declared: DeclaredName) => boolean>> = {
  "": (declared) => declared.name === "wait" && declared.container === "Atomics",
  fs: (declared) => isSyncName(declared.name) || isSyncName(declared.container ?? ""),
  child_process: endsInSync,
  crypto: endsInSync,
  zlib: endsInSync,
  sqlite: isMemberOf("DatabaseSync", "StatementSync"),
  "better-sqlite3": isMemberOf("Database", "Statement", "BetterSqlite3", "DatabaseConstructor"),
  "cross-spawn": endsInSync,
  deasync: () => true,
  del: endsInSync,
  execa: endsInSync,
  "fast-glob": endsInSync,
  "find-up": endsInSync,
  "fs-extra": endsInSync,
  glob: endsInSync,
  globby: endsInSync,
  "graceful-fs": endsInSync,
  jsonfile: endsInSync,
  "load-json-file": endsInSync,
  "make-dir": endsInSync,
  mkdirp: endsInSync,
  "proper-lockfile": endsInSync,
  "readline-sync": () => true,
  rimraf: endsInSync,
  "sync-fetch": () => true,
  "sync-request": () => true,
  tinyglobby: endsInSync,
  "write-file-atomic": endsInSync,
};

/** What a symbol knows of itself already, to spare most of them the question where they were declared. */
function mayBlock({ name, declarations }: CheckerSymbol): boolean {
  const origin = getInstalledPackage(declarations[0]?.path ?? "");
  return origin !== undefined && (origin === "node" || Object.hasOwn(blockingNames, origin) || name === "wait");
}

function getAdvice({ module, name }: DeclaredName): string {
  const asynchronous = name.replace(/Sync$/, "");
  if (module === "fs") return `\`${promiseCounterparts[asynchronous] ?? asynchronous}\` from \`node:fs/promises\``;
  if (name === "spawnSync") return "the end of `spawn` from `node:child_process`";
  if (nodeCallbackModules.has(module))
    return `\`${asynchronous}\` from \`node:${module}\`, made a promise by \`promisify\` from \`node:util\`,`;
  if (module === "") return "the value of `Atomics.waitAsync`";
  if (module === "sqlite" || module === "better-sqlite3")
    return "a driver that works asynchronously, or a worker thread,";
  return `the asynchronous counterpart from \`${module}\``;
}

const nodeCallbackModules: ReadonlySet<string> = new Set(["child_process", "crypto", "zlib"]);

/** `node:fs/promises` has handles where `fs` has descriptors. */
const promiseCounterparts: Readonly<Record<string, string>> = {
  exists: "access",
  close: "open",
  fsync: "open",
  read: "open",
  write: "open",
};
