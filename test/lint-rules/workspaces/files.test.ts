import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { Workspace } from "../workspace.js";
import { blocking, calling, lintInBothHosts } from "./both-hosts.js";

test("names with spaces, brackets, percents, quotes and letters of all kinds are followed", async () => {
  await using workspace = await Workspace.create({
    "modules/a b/é#1 😀.ts": blocking,
    "modules/run [x] %20 (y).ts": calling("./a b/é#1 😀.js"),
    "modules/it's $HOME.ts": blocking,
  });
  expect(await lintInBothHosts(workspace)).toEqual([
    "no-sync-io at modules/a b/é#1 😀.ts:2",
    "no-sync-io at modules/it's $HOME.ts:2",
    "no-sync-io at modules/run [x] %20 (y).ts:3",
    "no-floating-promises at modules/run [x] %20 (y).ts:4",
  ]);
});

test("files without code disturb nobody", async () => {
  await using workspace = await Workspace.create({
    "modules/blank.js": "\n\n",
    "modules/bom.ts": "\uFEFF",
    "modules/empty.ts": "",
    "modules/read.ts": blocking,
    "modules/shebang.js": "#!/usr/bin/env node",
  });
  expect(await lintInBothHosts(workspace)).toEqual(["no-sync-io at modules/read.ts:2"]);
});

test("calls are followed into a file that cannot be parsed as a whole", async () => {
  await using workspace = await Workspace.create({ "modules/run.ts": calling("../broken/read.js") });
  await workspace.write({ "broken/read.ts": `${blocking}let let = ;\n` });
  expect((await workspace.lintWithEslint(["modules/run.ts"])).map(({ rule, line }) => `${rule} at ${line}`)).toEqual([
    "no-sync-io at 3",
    "no-floating-promises at 4",
  ]);
});

test("a file that is deleted while its text is linted keeps its findings, and its callers lose theirs", async () => {
  await using workspace = await Workspace.create({
    "modules/read.ts": blocking,
    "modules/run.ts": calling("./read.js"),
  });
  await rm(join(workspace.folder, "modules/read.ts"));
  expect((await workspace.lintUnsaved("modules/read.ts", blocking)).map(({ rule }) => rule)).toEqual(["no-sync-io"]);
  await using other = await Workspace.create({ "modules/read.ts": blocking, "modules/run.ts": calling("./read.js") });
  await other.remove("modules/read.ts");
  expect((await other.lintWithEslint()).map(({ rule }) => rule)).toEqual(["no-floating-promises"]);
});

test("a file that imports a huge JSON file is linted with types", async () => {
  const entries = Array.from({ length: 20_000 }, (_, id) => ({ id, name: `name ${id}`, [`key${id}`]: [id] }));
  await using workspace = await Workspace.create({
    "modules/data.json": JSON.stringify(entries),
    "modules/run.ts": `import data from "./data.json" with { type: "json" };
export const run = async () => data.length;
run();
`,
  });
  expect(await lintInBothHosts(workspace)).toEqual(["no-floating-promises at modules/run.ts:3"]);
});

test("a file of 20,000 lines is linted to its end", async () => {
  const values = Array.from({ length: 19_000 }, (_, id) => `const v${id} = ${id};\n`).join("");
  const statements = Array.from({ length: 1_000 }, (_, id) => `void v${id};\n`).join("");
  const text = `${values}${statements}Promise.resolve();\n`;
  await using workspace = await Workspace.create({ "modules/long.ts": text });
  expect(await lintInBothHosts(workspace)).toEqual(["no-floating-promises at modules/long.ts:20001"]);
});

test.each([
  ["an expression", (text: string) => `export const text = ${text};`, " + a", 400],
  ["a chain of calls", (text: string) => `export const it = wait()${text};`, ".then(() => 1)", 200],
  ["a chain of else if", (text: string) => `if (a) wait();${text}`, " else if (a) await wait();", 400],
  ["a literal", (text: string) => `export const it = ${text}0${"}".repeat(200)};`, "{ a: ", 200],
])("%s that is nested hundreds of levels deep is linted", async (_, wrap, piece, depth) => {
  const code = wrap((piece.startsWith(" +") ? "a" : "") + piece.repeat(depth));
  const text = `const a = "a", wait = async () => a;\n${code}\nwait();\n`;
  await using workspace = await Workspace.create({ "modules/deep.ts": text });
  expect(await lintInBothHosts(workspace)).toContain("no-floating-promises at modules/deep.ts:3");
});
