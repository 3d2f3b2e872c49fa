import { execFile } from "node:child_process";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import type { Files } from "../temporary-folder.js";
import { createFolder, createWorkspace, type Workspace } from "./workspace.js";

const nodeModules = fileURLToPath(new URL("../../../node_modules", import.meta.url));
const tsc = join(nodeModules, "@typescript/native/bin/tsc");
const tsconfig = '{ "compilerOptions": { "strict": true, "types": [], "module": "nodenext" } }';
const wrong = 'export const amount: number = "one";\n';

/** A workspace with the real plugin and the native compiler. */
async function createTyped(files: Files): Promise<Workspace> {
  const folder = await createFolder({ "package.json": '{ "type": "module" }', ...files });
  await symlink(nodeModules, join(folder.path, "node_modules"), "junction");
  return folder;
}

interface Found {
  readonly rule: string;
  readonly file: string;
  readonly line: number;
  readonly message: string;
}

async function check(workspace: Workspace, args: readonly string[] = []): Promise<Found[]> {
  const { stdout, stderr } = await workspace.check(["--types", "--format", "json", ...args]);
  if (stdout === "") throw new Error(stderr);
  return (JSON.parse(stdout) as { findings: Found[] }).findings;
}

const summarize = ({ rule, file, line }: Found) => `${rule} ${file}:${line}`;

test("with --types what the native compiler says is among the findings, sorted with the others", async () => {
  await using workspace = await createTyped({
    "tsconfig.json": tsconfig,
    "a.ts": `export const text = "😀"; ${wrong}`,
    "b.ts": "const broken: { a: { b: 1 } } = { a: { b: 2 } };\nPromise.resolve(broken);\n",
  });
  const { code } = await workspace.check(["--types"]);
  expect(code).toBe(1);
  const [first, ...others] = await check(workspace);
  expect(first).toMatchObject({
    rule: "types/TS2322",
    severity: "error",
    file: "a.ts",
    line: 1,
    column: 40,
    endColumn: 46,
    message: "Type 'string' is not assignable to type 'number'.",
    path: [],
  });
  expect(others.map(summarize)).toEqual(["types/TS2322 b.ts:1", "no-floating-promises b.ts:2"]);
  expect((await workspace.check()).stdout).not.toContain("TS2322");
});

test("every project of the workspace is checked, a file of several once, and ignored ones are left out", async () => {
  await using workspace = await createTyped({
    ".gitignore": "dist/\n",
    "tsconfig.json": tsconfig,
    "a.ts": wrong,
    "packages/one/tsconfig.json": tsconfig,
    "packages/one/b.ts": wrong,
    "packages/two/tsconfig.json":
      '{ "extends": "../../tsconfig.json", "include": ["."], "compilerOptions": { "strict": false } }',
    "packages/two/c.ts": wrong,
    "dist/tsconfig.json": "{ broken",
    "fixtures/tsconfig.json": "{ broken",
    "phasewise.config.json": '{ "ignores": ["{fixtures,other}"] }',
  });
  const all = ["types/TS2322 a.ts:1", "types/TS2322 packages/one/b.ts:1", "types/TS2322 packages/two/c.ts:1"];
  expect((await check(workspace)).map(summarize).filter((found) => !found.includes("fixtures"))).toEqual(all);
  expect((await check(workspace, ["packages/one"])).map(summarize)).toEqual(["types/TS2322 packages/one/b.ts:1"]);
  expect((await check(workspace, ["packages/two/c.ts"])).map(summarize)).toEqual(["types/TS2322 packages/two/c.ts:1"]);
});

test("projects that refer to each other are checked once they are built, and until then told what to do", async () => {
  const composite = '{ "compilerOptions": { "composite": true, "strict": true, "types": [], "module": "nodenext" } }';
  await using workspace = await createTyped({
    "tsconfig.json": '{ "files": [], "references": [{ "path": "./one" }, { "path": "./two" }] }',
    "one/tsconfig.json": composite,
    "one/a.ts": "export const amount = 1;\n",
    "two/tsconfig.json": composite.replace(/\}$/, ', "references": [{ "path": "../one" }] }'),
    "two/b.ts": 'import { amount } from "../one/a.js";\nexport const text: string = amount;\n',
  });
  const [unbuilt, ...others] = await check(workspace);
  expect(others).toEqual([]);
  expect(unbuilt).toMatchObject({ rule: "types/TS6305", file: "two/b.ts" });
  expect(unbuilt?.message).toMatch(/has not been built.*Build it first: npx tsc -b$/);

  await promisify(execFile)(process.execPath, [tsc, "-p", "one"], { cwd: workspace.path });
  expect((await check(workspace, ["two/b.ts"])).map(summarize)).toEqual(["types/TS2322 two/b.ts:2"]);
});

test("a project that only refers to others is checked with them", async () => {
  await using workspace = await createTyped({
    "tsconfig.json": '{ "files": [], "references": [{ "path": "./tsconfig.app.json" }] }',
    "tsconfig.app.json":
      '{ "compilerOptions": { "composite": true, "strict": true, "types": [] }, "include": ["src"] }',
    "src/a.ts": wrong,
  });
  expect((await check(workspace)).map(summarize)).toEqual(["types/TS2322 src/a.ts:1"]);
});

test("what is wrong with a project is a finding at its tsconfig.json, whatever paths are checked", async () => {
  await using workspace = await createTyped({
    "tsconfig.json": '{ "compilerOptions": { "strikt": true, "types": [] }, "include": ["src"] }',
    "lib/tsconfig.json": '{ "include": ["nowhere"] }',
    "lib/a.ts": "",
    "src/a.ts": "",
  });
  expect((await check(workspace)).map(summarize)).toEqual([
    "types/TS18003 lib/tsconfig.json:1",
    "types/TS5023 tsconfig.json:1",
  ]);
  expect((await check(workspace, ["src/a.ts"])).map(summarize)).toEqual([]);
});

test("an error outside the workspace, in what it imports, is told at the project", async () => {
  await using outside = await createFolder({
    "shared.ts": wrong,
    "app/package.json": '{ "type": "module" }',
    "app/tsconfig.json": tsconfig,
    "app/a.ts": 'export { amount } from "../shared.js";\n',
  });
  await symlink(nodeModules, join(outside.path, "node_modules"), "junction");
  const [found] = await check(outside, ["--cwd", "app"]);
  expect(found).toMatchObject({ rule: "types/TS2322", file: "tsconfig.json", line: 1 });
  expect(found?.message).toMatch(/^\.\.\/shared\.ts:1:14: Type 'string'/);
});

test("a workspace without a native compiler, or without a tsconfig.json, is wrong usage, and told before anything runs", async () => {
  await using without = await createWorkspace({ "tsconfig.json": tsconfig, "a.ts": "bad;\n" });
  const noCompiler = await without.check(["--types"]);
  expect(noCompiler).toMatchObject({ code: 2, stdout: "" });
  expect(noCompiler.stderr).toMatch(
    /needs TypeScript's native compiler.*npm install --save-dev @typescript\/native@npm:typescript@7\n$/,
  );

  await using untyped = await createTyped({ "a.js": "" });
  const noProject = await untyped.check(["--types"]);
  expect(noProject).toMatchObject({ code: 2, stdout: "" });
  expect(noProject.stderr).toMatch(/--types checks what a tsconfig\.json names/);
});

test("a compiler that gives no answer is a failure of the gate", async () => {
  await using workspace = await createWorkspace({
    "tsconfig.json": tsconfig,
    "a.ts": "",
    "node_modules/typescript/package.json": '{ "version": "7.1.0", "type": "module", "bin": { "tsc": "tsc.js" } }',
    "node_modules/typescript/tsc.js": 'throw new Error("no binary");\n',
  });
  const { code, stdout, stderr } = await workspace.check(["--types"]);
  expect(stderr).toMatch(/^TypeScript's native compiler gave no answer about tsconfig\.json.*no binary/s);
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
});
