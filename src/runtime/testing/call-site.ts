import fs from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { fileURLToPath } from "node:url";

/** A place in the source code, as a line of a stack names it. */
export interface CallSite {
  readonly functionName: string | undefined;
  /** An absolute path, or `node:…` for code of Node. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
}

type AnyFunction = (...args: never[]) => unknown;

/** The original: the blocking-call guard replaces what `node:fs` exports. */
const { existsSync } = fs;

const frame = /^\s*at (?:async )?(?:(.+?) \()?([^()]+):(\d+):(\d+)\)?$/;

/** The lines of a stack, from the innermost call outwards. Calls without a place, such as those of natives, are left out. */
export function parseStack(stack = ""): CallSite[] {
  return stack.split("\n").flatMap((text) => {
    const [, functionName, file = "", line, column] = frame.exec(text) ?? [];
    if (file === "" || text.includes("(eval at ")) return [];
    return [{ functionName, file: toPath(file), line: Number(line), column: Number(column) }];
  });
}

/** The stack of the caller of `callee`, long enough to get out of a library. */
export function captureStack(callee: AnyFunction): CallSite[] {
  return recordStack(callee)();
}

/** The same, to be read when it is needed: only reading costs. */
export function recordStack(callee: AnyFunction = recordStack): () => CallSite[] {
  const { stackTraceLimit } = Error;
  const holder: { stack?: string } = {};
  Error.stackTraceLimit = 50;
  Error.captureStackTrace(holder, callee);
  Error.stackTraceLimit = stackTraceLimit;
  return () => parseStack(holder.stack);
}

/** `loadRates (modules/billing/rates.ts:14:11)`, with the path relative to the working directory when it is below. */
export function formatCallSite({ functionName, file, line, column }: CallSite): string {
  const path = relative(process.cwd(), file);
  const place = `${file.startsWith("node:") || path.startsWith("..") ? file : path}:${line}:${column}`;
  return functionName === undefined ? place : `${functionName} (${place})`;
}

/** Is this code of the application or its tests, and not of Node or of an installed package? */
export function isOwnCode({ file }: CallSite): boolean {
  return !file.startsWith("node:") && !file.includes(`${sep}node_modules${sep}`);
}

/** The innermost place in code of the application or its tests. */
export function findPlace(stack: readonly CallSite[]): string | undefined {
  const site = stack.find(isOwnCode);
  return site && formatCallSite(site);
}

/** The id of the module in whose folder the file lies: `core.database` for `modules/core/database/pool.ts`. */
export function findModuleOfFile(file: string): string | undefined {
  const root = file.lastIndexOf(`${sep}modules${sep}`);
  if (root < 0) return undefined;

  const modules = file.slice(0, root + `${sep}modules`.length);
  for (let folder = dirname(file); folder.length > modules.length; folder = dirname(folder)) {
    // eslint-disable-next-line phasewise/no-sync-io -- asked in the middle of a call that blocks anyway
    const isModule = ["module.ts", "module.js"].some((name) => existsSync(join(folder, name)));
    if (isModule) return relative(modules, folder).replaceAll(sep, ".");
  }
  return undefined;
}

function toPath(file: string): string {
  return file.startsWith("file:") ? fileURLToPath(file) : file;
}
