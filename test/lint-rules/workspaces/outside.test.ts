import { expect, test } from "vitest";
import { Workspace } from "../workspace.js";
import { blocking, calling, lintInBothHosts } from "./both-hosts.js";

const harmless = "export const read = () => 1;\n";

test("files outside of every tsconfig are linted with types, in whatever folders they are", async () => {
  await using workspace = await Workspace.create({
    "scripts/a/read.ts": blocking,
    "scripts/a/run.ts": calling("./read.js"),
    "scripts/b/deep/run.ts": calling("../../a/read.js"),
    "tools/run.js": calling("../scripts/a/read.js"),
    "modules/run.ts": calling("../scripts/a/read.js"),
  });
  const inCaller = (file: string) => [`no-sync-io at ${file}:3`, `no-floating-promises at ${file}:4`];
  expect(await lintInBothHosts(workspace)).toEqual([
    ...inCaller("modules/run.ts"),
    "no-sync-io at scripts/a/read.ts:2",
    ...inCaller("scripts/a/run.ts"),
    ...inCaller("scripts/b/deep/run.ts"),
    ...inCaller("tools/run.js"),
  ]);
});

test("a change of a file is noticed that nobody has linted, outside of every tsconfig", async () => {
  const files = { "scripts/one.ts": calling("./read.js"), "scripts/two.ts": calling("./read.js") };
  await using workspace = await Workspace.create({ ...files, "scripts/read.ts": harmless });
  const count = async () => (await workspace.lintWithEslint(Object.keys(files))).length;
  expect(await count()).toBe(2);
  await workspace.write({ "scripts/read.ts": blocking });
  expect(await count()).toBe(4);
  await workspace.remove("scripts/read.ts");
  expect(await count()).toBe(2);
});

test("a change is noticed of a file that is in a project, among files that are not", async () => {
  const outside = { "scripts/one.ts": calling("./read.js"), "scripts/two.ts": calling("./read.js") };
  const files = { "scripts/read.ts": blocking, "scripts/run.ts": calling("./read.js") };
  const tsconfig = JSON.stringify({ compilerOptions: { module: "nodenext" }, files: Object.keys(files) });
  await using workspace = await Workspace.create({ ...outside, ...files, "tsconfig.json": tsconfig });
  const count = async (names: object) => (await workspace.lintWithEslint(Object.keys(names))).length;
  expect(await count(outside)).toBe(4);
  await workspace.write({ "scripts/read.ts": harmless });
  expect([await count(files), await count(outside)]).toEqual([1, 2]);
});

test.each(["dist", ".cache", "other-package"])("files outside know nothing of global code in %s", async (folder) => {
  const text = "export {};\nhidden();\nnear();\n";
  await using workspace = await Workspace.create({
    "near.ts": "async function near() {}\n",
    "one.ts": text,
    "two.ts": text,
    [`${folder}/global.ts`]: "async function hidden() {}\n",
    "other-package/package.json": "{}",
  });
  await workspace.lintWithEslint(["one.ts", "two.ts"]);
  const findings = await workspace.lintWithEslint(["one.ts", "two.ts"]);
  expect(findings.map(({ file, line }) => `${file}:${line}`)).toEqual(["one.ts:3", "two.ts:3"]);
});
