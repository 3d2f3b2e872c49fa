import { readFileSync } from "node:fs";
import { dirname } from "node:path/posix";
import { rememberById } from "../type-checker/remember.js";
import type { CheckerSymbol, NodeHandle, Project } from "../type-checker/types.js";

/** Where a name was declared: the way to recognise a function or class whatever it is called where it is used. */
export interface DeclaredName {
  /** `fs` for Node's own modules, a package's name, a path for the workspace's files, `""` for the global scope. */
  readonly module: string;
  /** The class or interface that has it as a member, where that has a name. */
  readonly container: string | undefined;
  readonly name: string;
}

/** The declaration behind a symbol, the same for every alias of it. */
export const getDeclaredName = rememberById(
  (symbol: CheckerSymbol, project): DeclaredName => new NameOfSymbol(symbol, project),
);

/** What a symbol stands in costs requests, so it is asked when it is read. Most symbols are the workspace's own. */
class NameOfSymbol implements DeclaredName {
  readonly name: string;
  readonly #symbol: CheckerSymbol;
  readonly #project: Project;
  #module: string | undefined;
  #container: { readonly symbol: CheckerSymbol | undefined } | undefined;

  constructor(symbol: CheckerSymbol, project: Project) {
    this.name = symbol.name;
    this.#symbol = symbol;
    this.#project = project;
  }

  get module(): string {
    return (this.#module ??= this.#findModule());
  }

  get container(): string | undefined {
    const symbol = this.#getContainer();
    return symbol?.name.startsWith("__") ? undefined : symbol?.name;
  }

  #findModule(): string {
    const path = this.#symbol.declarations[0]?.path;
    if (path !== undefined && isOwnCode(path, this.#project)) return findPackageName(dirname(path)) ?? path;
    const container = this.#getContainer();
    const module = container ? findModule(container) : this.#symbol.getParent();
    if (module && isAmbient(module)) return withoutQuotes(module).replace(/^node:/, "");
    return path === undefined ? "" : readOrigin(path, this.#project);
  }

  #getContainer(): CheckerSymbol | undefined {
    if (!this.#container) {
      const parent = this.#symbol.getParent();
      this.#container = { symbol: parent && !isModule(parent) ? parent : undefined };
    }
    return this.#container.symbol;
  }
}

/** Is it a file of the workspace that declares nothing for other modules or for the global scope? */
function isOwnCode(path: string, project: Project): boolean {
  if (isDeclarationFile(path) || path.includes("/node_modules/")) return false;
  const text = project.program.getSourceFile(path)?.text;
  return text !== undefined && !/\bdeclare\s+(?:module|global|namespace)\b/.test(text);
}

function isDeclarationFile(path: string): boolean {
  return /\.d\.(?:.+\.)?[cm]?ts$/.test(path);
}

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

function readOrigin(path: NodeHandle["path"], project: Project): string {
  const metadata = project.program.getSourceFileMetadataByPath(path);
  if (!metadata || metadata.isDefaultLibrary) return "";
  const installed = getInstalledPackage(path);
  if (installed === "node") return "";
  return installed ?? findPackageName(metadata.packageJsonDirectory) ?? path;
}

/** As a path prints it: `fs.readFileSync`, `Database.prepare`, `fetch`. */
export function getLabel({ module, container, name }: DeclaredName): string {
  return [container ?? module, name].filter(Boolean).join(".");
}

/** Is it declared by TypeScript's own libraries, like `Promise` and `Array`? */
export function isInDefaultLibrary(symbol: CheckerSymbol, project: Project): boolean {
  return symbol.declarations.some(
    ({ path }) =>
      isDeclarationFile(path) && (project.program.getSourceFileMetadataByPath(path)?.isDefaultLibrary ?? false),
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

/** A workspace's own packages are linked, not installed: their names stand in the nearest package.json alone. */
function findPackageName(folder: string): string | undefined {
  if (packageNames.has(folder)) return packageNames.get(folder);
  const own = readPackageName(folder);
  const isLast = own !== undefined || folder === dirname(folder);
  const name = isLast ? own?.name : findPackageName(dirname(folder));
  packageNames.set(folder, name);
  return name;
}

function readPackageName(folder: string): { readonly name?: string } | undefined {
  try {
    // eslint-disable-next-line phasewise/no-sync-io -- lint rules are synchronous by their host's contract
    return JSON.parse(readFileSync(`${folder}/package.json`, "utf8")) as { name?: string };
  } catch {
    return undefined;
  }
}
