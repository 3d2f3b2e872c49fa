import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Files, Workspace } from "../workspace.js";
import { blocking, calling, lintInBothHosts } from "./both-hosts.js";

const options = { target: "es2023", module: "nodenext", strict: true, types: ["node"], noEmit: true };
const composite = { ...options, noEmit: false, composite: true, outDir: "out" };
const config = (content: object) => JSON.stringify(content);

/** Each has a helper in `a` and its caller in `b`. */
const configurations: Readonly<Record<string, Files>> = {
  "project references": {
    "tsconfig.json": config({ files: [], references: [{ path: "a" }, { path: "b" }] }),
    "a/tsconfig.json": config({ compilerOptions: composite }),
    "b/tsconfig.json": config({ compilerOptions: composite, references: [{ path: "../a" }] }),
  },
  "circular project references": {
    "tsconfig.json": config({ files: [], references: [{ path: "a" }, { path: "b" }] }),
    "a/tsconfig.json": config({ compilerOptions: composite, references: [{ path: "../b" }] }),
    "b/tsconfig.json": config({ compilerOptions: composite, references: [{ path: "../a" }] }),
  },
  "nested and overlapping tsconfigs": {
    "tsconfig.base.json": config({ compilerOptions: options }),
    "tsconfig.json": config({ extends: "./tsconfig.base.json", include: ["**/*.ts"] }),
    "a/tsconfig.json": config({ extends: "../tsconfig.base.json" }),
  },
  "a tsconfig under another name beside one that leaves files out": {
    "tsconfig.json": config({ compilerOptions: options, include: ["a"] }),
    "tsconfig.test.json": config({ compilerOptions: options, include: ["b"] }),
  },
  "path aliases": {
    "tsconfig.json": config({
      compilerOptions: { ...options, module: "esnext", moduleResolution: "bundler", paths: { "@app/*": ["./a/*"] } },
    }),
    "b/run.ts": calling("@app/read"),
  },
  "a tsconfig that is no JSON": { "tsconfig.json": `{ "compilerOptions": { "strict": tru` },
  "a tsconfig that is empty": { "tsconfig.json": "" },
  "a tsconfig that extends a missing one": {
    "tsconfig.json": config({ extends: "./nowhere.json", compilerOptions: options }),
  },
  "a tsconfig with options that do not exist": {
    "tsconfig.json": config({ compilerOptions: { ...options, target: "es2099", strikt: 1, module: [] } }),
  },
  "no @types/node": { "tsconfig.json": config({ compilerOptions: { ...options, types: [] } }) },
};

test.each(Object.entries(configurations))("a workspace with %s is linted with types", async (_, files) => {
  await using workspace = await Workspace.create({
    "a/read.ts": blocking,
    "b/run.ts": calling("../a/read.js"),
    ...files,
  });
  expect(await lintInBothHosts(workspace)).toEqual([
    "no-sync-io at a/read.ts:2",
    "no-sync-io at b/run.ts:3",
    "no-floating-promises at b/run.ts:4",
  ]);
});

test.each(["tsconfig.json", "node_modules", "package.json"])(
  "a workspace without %s is linted with types",
  async (name) => {
    await using workspace = await Workspace.create({ "a/read.ts": blocking, "a/run.js": calling("./read.js") });
    await rm(join(workspace.folder, name));
    expect(await lintInBothHosts(workspace)).toEqual([
      "no-sync-io at a/read.ts:2",
      "no-sync-io at a/run.js:3",
      "no-floating-promises at a/run.js:4",
    ]);
  },
);

test("JavaScript is linted with types, whether or not it is checked", async () => {
  const project = (checkJs: boolean) => config({ compilerOptions: { ...options, allowJs: true, checkJs } });
  await using workspace = await Workspace.create({
    "checked/tsconfig.json": project(true),
    "checked/read.js": blocking,
    "checked/run.mjs": calling("./read.js"),
    "free/tsconfig.json": project(false),
    "free/read.js": blocking,
    "free/run.mjs": calling("./read.js"),
  });
  const findings = (folder: string) => [
    `no-sync-io at ${folder}/read.js:2`,
    `no-sync-io at ${folder}/run.mjs:3`,
    `no-floating-promises at ${folder}/run.mjs:4`,
  ];
  expect(await lintInBothHosts(workspace)).toEqual([...findings("checked"), ...findings("free")]);
});
