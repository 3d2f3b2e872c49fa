import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import ts from "typescript";
import { describe, expect, test } from "vitest";
import { packages, readManifest, root } from "./repository.js";

const snapshots = new URL("public-api/", import.meta.url);
const UPDATE = "UPDATE_PUBLIC_API";

describe.each(Object.entries(packages))("src/%s", (folder, name) => {
  test(`the public API of ${name} is the recorded one; ${UPDATE}=1 records it anew`, async () => {
    const snapshot = new URL(`${folder}.txt`, snapshots);
    const api = await describePackage(folder, name);
    if (process.env[UPDATE]) await writeFile(snapshot, api);
    expect(api).toBe(await readFile(snapshot, "utf8"));
  });
});

/** The programs and entries of a package, each entry with the declarations of its exports, sorted by name. */
async function describePackage(folder: string, name: string): Promise<string> {
  const { bin = {}, exports = {} } = await readManifest(`src/${folder}`);
  const programs = Object.keys(bin).map((program) => `program ${program}\n`);
  const entries = Object.entries(exports).map(([subpath, target]) => {
    const types = typeof target === "string" ? undefined : target["types"];
    const heading = `entry ${name}${subpath.slice(1)}\n`;
    return types ? `${heading}\n${describeEntry(join(root, "src", folder, types))}` : heading;
  });
  return [...programs, ...entries].join("\n");
}

function describeEntry(file: string): string {
  const program = ts.createProgram([file], {
    module: ts.ModuleKind.NodeNext,
    target: ts.ScriptTarget.ES2023,
    types: [],
  });
  const checker = program.getTypeChecker();
  const source = checker.getSymbolAtLocation(program.getSourceFile(file)!);
  const described = checker.getExportsOfModule(source!).map((symbol) => {
    const isAlias = (symbol.flags & ts.SymbolFlags.Alias) !== 0;
    const declarations = (isAlias ? checker.getAliasedSymbol(symbol) : symbol).declarations!;
    const queried = declarations.flatMap((declaration) => findQueried(declaration, checker));
    return `${symbol.name}: ${[...declarations, ...queried].map(print).join("\n")}\n`;
  });
  return described.sort().join("\n");
}

/** The declarations behind each `typeof name` in a declaration, which alone would say nothing about their types. */
function findQueried(node: ts.Node, checker: ts.TypeChecker): ts.Declaration[] {
  const found = ts.isTypeQueryNode(node) ? checker.getSymbolAtLocation(node.exprName)?.declarations : undefined;
  const below: ts.Declaration[] = [];
  ts.forEachChild(node, (child) => void below.push(...findQueried(child, checker)));
  return [...(found ?? []), ...below];
}

const printer = ts.createPrinter({ removeComments: true });

/** A declaration as the compiler wrote it, without comments. */
function print(declaration: ts.Declaration): string {
  const node = ts.isVariableDeclaration(declaration) ? declaration.parent.parent : declaration;
  return printer.printNode(ts.EmitHint.Unspecified, node, node.getSourceFile());
}
