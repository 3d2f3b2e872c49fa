import { posix } from "node:path";
import { parse } from "rolldown/utils";
import { listFiles, readText } from "./repository.js";

/** One import or re-export of a source file. */
export interface Import {
  /** The importing file, relative to the repository. */
  readonly from: string;
  /** The imported file, relative to the repository, or the name of a package. */
  readonly to: string;
  /** True for `import type`, which no program loads. */
  readonly isType: boolean;
  /** True for `import()`, which is loaded when it is reached. */
  readonly isLazy: boolean;
}

/** All imports of the TypeScript files in a folder of the repository. */
export async function readImports(folder: string): Promise<Import[]> {
  const files = (await listFiles(folder)).filter((file) => file.endsWith(".ts"));
  return (await Promise.all(files.map(readImportsOfFile))).flat();
}

async function readImportsOfFile(from: string): Promise<Import[]> {
  const text = await readText(from);
  const { module, errors } = await parse(from, text);
  if (errors.length > 0) throw new Error(`${from} cannot be parsed: ${errors[0]?.message}`);
  const isType = (start: number) => /^(?:import|export)\s+type\b/.test(text.slice(start, start + 20));
  const reexports = module.staticExports.flatMap(({ start, entries }) =>
    entries.flatMap(({ moduleRequest }) => (moduleRequest ? [{ start, specifier: moduleRequest.value }] : [])),
  );
  const imports = module.staticImports.map(({ start, moduleRequest }) => ({ start, specifier: moduleRequest.value }));
  const lazy = module.dynamicImports.flatMap(({ moduleRequest: { start, end } }) => {
    return findLiteral(text.slice(start, end));
  });
  return [
    ...[...imports, ...reexports].map(({ start, specifier }) => {
      return { from, to: resolve(from, specifier), isType: isType(start), isLazy: false };
    }),
    ...lazy.map((specifier) => ({ from, to: resolve(from, specifier), isType: false, isLazy: true })),
  ];
}

/** The text between the quotes; nothing for a specifier that is computed. */
function findLiteral(expression: string): string[] {
  return /^(["'`])([^"'`$]*)\1$/.exec(expression)?.slice(2) ?? [];
}

function resolve(from: string, specifier: string): string {
  if (!specifier.startsWith(".")) return specifier;
  return posix.join(posix.dirname(from), specifier).replace(/\.js$/, ".ts");
}

/** The circles of a graph of imports, each from its first file around to it. */
export function findCircles(imports: readonly Import[]): string[][] {
  const targets = new Map<string, string[]>();
  for (const { from, to } of imports) targets.set(from, [...(targets.get(from) ?? []), to]);
  const done = new Set<string>();
  const circles: string[][] = [];
  const visit = (file: string, path: readonly string[]): void => {
    const start = path.indexOf(file);
    if (start >= 0) circles.push([...path.slice(start), file]);
    if (start >= 0 || done.has(file)) return;
    for (const to of targets.get(file) ?? []) visit(to, [...path, file]);
    done.add(file);
  };
  for (const file of targets.keys()) visit(file, []);
  return circles;
}

/** Everything that is loaded together with a file, packages included. */
export function findLoaded(entry: string, imports: readonly Import[]): Set<string> {
  const loaded = new Set([entry]);
  for (const file of loaded) {
    for (const { from, to, isType, isLazy } of imports) if (from === file && !isType && !isLazy) loaded.add(to);
  }
  return loaded;
}
