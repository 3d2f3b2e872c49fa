import { mkdir, readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import plugin from "@phasewise/eslint-plugin";
import type { Linter } from "eslint";
import { expect, test } from "vitest";
import { readFiles } from "../generators/temporary-folder.js";
import { type Finding, Workspace } from "./workspace.js";

const repository = fileURLToPath(new URL("../..", import.meta.url));
const rulesOf = (name: keyof typeof plugin.configs) => (plugin.configs[name] as Linter.Config[])[0]?.rules ?? {};

test.for(["recommended", "strict"] as const)("%s has every rule", (name) => {
  const names = Object.keys(plugin.rules).map((rule) => `phasewise/${rule}`);
  expect(Object.keys(rulesOf(name)).sort()).toEqual(names.sort());
});

test("in strict every rule is an error", () => {
  expect(new Set(Object.values(rulesOf("strict")))).toEqual(new Set(["error"]));
});

test.for(["recommended", "strict", "async"] as const)("ESLint and oxlint have the same rules in %s", async (name) => {
  const forOxlint: unknown = await import(`../../src/lint-rules/dist/oxlint/${name}.json`, { with: { type: "json" } });
  expect(forOxlint).toMatchObject({ default: { rules: rulesOf(name) } });
});

test("the guide names every rule of async", async () => {
  const guide = await readFile(join(repository, "docs/lint-rules.md"), "utf8");
  const [section] = guide.split("\n## ").filter((part) => part.startsWith("Configurations\n"));
  for (const rule of Object.keys(rulesOf("async"))) expect(section).toContain(rule.replace("phasewise/", ""));
});

test("async finds its mistakes in a project without Phasewise, in both hosts", async () => {
  const text = `import { readFileSync } from "node:fs";
import { open } from "node:fs/promises";

export const config = readFileSync("config.json", "utf8");

export async function load(url: string): Promise<string> {
  const file = await open("log.txt", "a");
  await file.appendFile(url);
  return (await fetch(url)).text();
}

if (load(config)) console.log("loaded");
load(config);
`;
  await using workspace = await Workspace.create({ "modules/load.ts": text }, plugin.configs.async as Linter.Config[]);
  await workspace.remove("node_modules");
  await mkdir(join(workspace.folder, "node_modules"));
  await symlink(join(repository, "node_modules/@types"), join(workspace.folder, "node_modules/@types"), "junction");

  const fromEslint = await workspace.lintWithEslint();
  expect(fromEslint.map(summarize)).toEqual([
    "no-sync-io in line 4",
    "require-disposal in line 7",
    "require-timeout in line 9",
    "no-misused-promises in line 12",
    "no-floating-promises in line 13",
  ]);
  expect(await workspace.lintWithOxlint({ config: "async" })).toEqual(fromEslint);
});

test("a scaffolded application passes strict, in both hosts", async () => {
  const files = await readFiles(join(repository, "test/generators/golden/app"));
  const sources = Object.fromEntries(Object.entries(files).filter(([file]) => file.endsWith(".ts")));
  const mistake = { "modules/mistake.ts": "Promise.resolve();\n" };
  await using workspace = await Workspace.create({ ...sources, ...mistake }, plugin.configs.strict as Linter.Config[]);

  const fromEslint = await workspace.lintWithEslint();
  expect(fromEslint.map(({ rule, file }) => `${rule} in ${file}`)).toEqual([
    "no-floating-promises in modules/mistake.ts",
  ]);
  expect(await workspace.lintWithOxlint({ config: "strict" })).toEqual(fromEslint);
});

function summarize({ rule, line }: Finding): string {
  return `${rule} in line ${line}`;
}
