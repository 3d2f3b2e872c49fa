import { execFile } from "node:child_process";
import { readFile, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, test } from "vitest";
import { graphRuleNames } from "../../../src/generators/configuration/rule-names.js";
import { runProgram } from "../program.js";
import { temporaryFolder } from "../temporary-folder.js";

const nodeModules = fileURLToPath(new URL("../../../node_modules", import.meta.url));
const page = await readFile(new URL("../../../docs/configuration.md", import.meta.url), "utf8");
const blocks = [...page.matchAll(/^```(\w+)\n(?:\/\/ (\S+)\n)?(.*?)^```/gms)].map(([, language, file, text]) => ({
  file: file ?? `phasewise.config.${language}`,
  text: text!,
}));
const configs = blocks.filter(({ file }) => file.startsWith("phasewise.config"));

test("the page has a configuration of each kind", () => {
  expect(configs.map(({ file }) => file)).toEqual([
    "phasewise.config.js",
    "phasewise.config.ts",
    "phasewise.config.json",
  ]);
});

test.each(configs)("the gate accepts the page's $file, and the file its types", async ({ file, text }) => {
  await using folder = await temporaryFolder({ "package.json": '{ "type": "module" }', [file]: text });
  await symlink(nodeModules, join(folder.path, "node_modules"), "junction");
  const { exitCode, stdout, stderr } = await runProgram("phasewise", ["check", "--print-config"], { cwd: folder.path });
  expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  expect(JSON.parse(stdout)).toMatchObject({ file, ignores: expect.arrayContaining(["dist"]) });
  if (file.endsWith(".json")) return;
  const tsc = join(nodeModules, "@typescript/native/bin/tsc");
  const flags = ["--noEmit", "--strict", "--allowJs", "--checkJs", "--skipLibCheck", "--types", "node"];
  const resolution = ["--module", "nodenext", "--target", "es2023"];
  await promisify(execFile)(process.execPath, [tsc, ...flags, ...resolution, file], { cwd: folder.path });
});

test("ESLint accepts the page's eslint.config.js with the configuration beside it", async () => {
  const files = Object.fromEntries(blocks.map(({ file, text }) => [file, text]));
  await using folder = await temporaryFolder({
    "package.json": '{ "type": "module" }',
    "a.ts": "Promise.resolve();\n",
    ...files,
  });
  await symlink(nodeModules, join(folder.path, "node_modules"), "junction");
  const eslint = join(nodeModules, "eslint/bin/eslint.js");
  const ran = promisify(execFile)(process.execPath, [eslint, "--format", "json", "a.ts"], { cwd: folder.path });
  const { stdout } = await ran.catch((error: { stdout: string }) => error);
  expect(JSON.parse(stdout)[0].messages).toMatchObject([{ ruleId: "phasewise/no-floating-promises" }]);
});

test("the page names every rule of the graph", () => {
  expect(graphRuleNames.filter((name) => !page.includes(`| \`${name}\` `))).toEqual([]);
});
