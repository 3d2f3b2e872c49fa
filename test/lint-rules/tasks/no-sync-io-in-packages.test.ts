import { expect, test } from "vitest";
import { type Files, Workspace } from "../workspace.js";

/** A package as it is installed: found by its name, described by its own types. */
const installed = (name: string, types: string): Files => ({
  [`modules/node_modules/${name}/package.json`]: JSON.stringify({ name, version: "1.0.0", types: "index.d.ts" }),
  [`modules/node_modules/${name}/index.d.ts`]: types,
});

const packages: Files = {
  ...installed(
    "better-sqlite3",
    `declare namespace BetterSqlite3 {
      interface Statement { run(): void; all(): unknown[] }
      interface Database { prepare(sql: string): Statement; exec(sql: string): this }
      interface DatabaseConstructor { new (file: string): Database }
    }
    declare const Database: BetterSqlite3.DatabaseConstructor;
    declare namespace Database { type Statement = BetterSqlite3.Statement }
    export = Database;`,
  ),
  ...installed(
    "execa",
    `type ExecaSyncMethod = { (file: string): object; (parts: TemplateStringsArray): object };
    export const execaSync: ExecaSyncMethod;
    export const execa: { (file: string): Promise<object> };`,
  ),
  ...installed("fs-extra", `export * from "fs";\nexport function readJsonSync(path: string): unknown;`),
  ...installed(
    "glob",
    `export function globSync(pattern: string): string[];\nexport declare const glob: { (pattern: string): Promise<string[]>; sync: typeof globSync };`,
  ),
  ...installed("rimraf", `export declare const rimrafSync: (path: string) => boolean;`),
  ...installed("sync-fetch", `declare function fetch(url: string): { text(): string };\nexport = fetch;`),
  ...installed("some-layout", `export function layoutSync(): void;`),
};

const imports = `import Database from "better-sqlite3";
import { execa, execaSync } from "execa";
import { readFileSync, readJsonSync } from "fs-extra";
import { glob, globSync } from "glob";
import { rimrafSync } from "rimraf";
import fetchNow from "sync-fetch";
import { layoutSync } from "some-layout";
declare const statement: Database.Statement;
`;

test.for<[call: string, label: string | undefined]>([
  ['new Database("a")', "better-sqlite3.Database"],
  ["statement.all()", "Statement.all"],
  ['execaSync("ls")', "execa.execaSync"],
  ['execa("ls")', undefined],
  ['readFileSync("a")', "fs.readFileSync"],
  ['readJsonSync("a")', "fs-extra.readJsonSync"],
  ['globSync("*")', "glob.globSync"],
  ['glob.sync("*")', "glob.globSync"],
  ['glob("*")', undefined],
  ['rimrafSync("a")', "rimraf.rimrafSync"],
  ['fetchNow("a")', "sync-fetch.fetch"],
  ["layoutSync()", undefined],
])("of an installed package, %s is reported as %s", async ([call, label]) => {
  await using workspace = await Workspace.create({ ...packages, "modules/use.ts": `${imports}void ${call};` });
  const findings = await workspace.lintWithEslint(["modules/use.ts"]);
  expect(findings.map(({ message }) => message.split("`")[1])).toEqual(label === undefined ? [] : [label]);
});
