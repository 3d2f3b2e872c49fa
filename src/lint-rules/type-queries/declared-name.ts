import { readFileSync } from "node:fs";
import { rememberById } from "../type-checker/remember.js";
import type { CheckerSymbol, Project } from "../type-checker/types.js";

/** Where a name was declared: the way to recognise a function or class whatever it is called where it is used. */
export interface DeclaredName {
  /** `fs` for Node's own modules, a package's name, a path for the workspace's files, `""` for the global scope. */
  readonly module: string;
  /** The class or interface that has it as a member, where that has a name. */
  readonly container: string | undefined;
  readonly name: string;
}

/** The declaration behind a symbol, the same for every alias of it. */
export const getDeclaredName = rememberById((symbol: CheckerSymbol, project): DeclaredName => {
  const parent = symbol.getParent();
  const container = parent && !isModule(parent) ? parent : undefined;
  const module = container ? findModule(container) : parent;
  return {
    module: module && isAmbient(module) ? withoutQuotes(module).replace(/^node:/, "") : readOrigin(symbol, project),
    container: container?.name.startsWith("__") ? undefined : container?.name,
    name: symbol.name,
  };
});

function findModule(symbol: CheckerSymbol): CheckerSymbol | undefined {
  let current = symbol.getParent();
  while (current && !isModule(current)) current = current.getParent();
  return current;
}

function isModule(symbol: CheckerSymbol): boolean {
  return symbol.name.startsWith('"');
}

/** `declare module "fs"`, and not a file that is a module by having imports or exports. */
function isAmbient(module: CheckerSymbol): boolean {
  return !/^(?:\/|[A-Za-z]:\/)/.test(withoutQuotes(module));
}

function withoutQuotes(module: CheckerSymbol): string {
  return module.name.slice(1, -1);
}

function readOrigin(symbol: CheckerSymbol, project: Project): string {
  const path = symbol.declarations[0]?.path;
  if (path === undefined) return "";
  const metadata = project.program.getSourceFileMetadataByPath(path);
  if (!metadata || metadata.isDefaultLibrary) return "";
  const installed = getInstalledPackage(path);
  if (installed === "node") return "";
  return installed ?? readPackageName(metadata.packageJsonDirectory) ?? path;
}

/** As a path prints it: `fs.readFileSync`, `Database.prepare`, `fetch`. */
export function getLabel({ module, container, name }: DeclaredName): string {
  return [container ?? module, name].filter(Boolean).join(".");
}

/** Is it declared by TypeScript's own libraries, like `Promise` and `Array`? */
export function isInDefaultLibrary(symbol: CheckerSymbol, project: Project): boolean {
  return symbol.declarations.some(
    ({ path }) => project.program.getSourceFileMetadataByPath(path)?.isDefaultLibrary ?? false,
  );
}

/** `node_modules/@types/a__b/index.d.ts` speaks for `@a/b`. */
export function getInstalledPackage(path: string): string | undefined {
  const folder = path.lastIndexOf("/node_modules/");
  if (folder < 0) return undefined;
  const [first = "", second = ""] = path.slice(folder + "/node_modules/".length).split("/");
  if (first === "@types") return second.includes("__") ? `@${second.replace("__", "/")}` : second;
  return first.startsWith("@") ? `${first}/${second}` : first;
}

const packageNames = new Map<string, string | undefined>();

/** A workspace's own packages are linked, not installed: their names stand in their package.json alone. */
function readPackageName(folder: string): string | undefined {
  if (folder === "") return undefined;
  if (!packageNames.has(folder)) packageNames.set(folder, parsePackageName(folder));
  return packageNames.get(folder);
}

function parsePackageName(folder: string): string | undefined {
  try {
    // eslint-disable-next-line phasewise/no-sync-io -- lint rules are synchronous by their host's contract
    const content: unknown = JSON.parse(readFileSync(`${folder}/package.json`, "utf8"));
    return (content as { name?: string }).name;
  } catch {
    return undefined;
  }
}
