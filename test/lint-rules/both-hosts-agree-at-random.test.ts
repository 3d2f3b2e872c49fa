import { execFile } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { promisify } from "node:util";
import plugin from "@phasewise/eslint-plugin";
import { expect, test } from "vitest";
import { generateWorkspace } from "./generated-workspace/generate-workspace.js";
import { type Finding, Workspace } from "./workspace.js";

const { files, violations } = generateWorkspace({ modules: 200, violations: { seed: 20, rate: 0.1 } });

test("the generated workspace violates every rule", () => {
  expect([...new Set(violations.map(({ rule }) => rule))].sort()).toEqual(Object.keys(plugin.rules).sort());
});

test("a generated workspace type-checks, with all that it violates", async () => {
  const { files } = generateWorkspace({ modules: 20, violations: { seed: 20, rate: 1 } });
  await using workspace = await Workspace.create(files);
  const compiler = dirname(createRequire(import.meta.url).resolve("@typescript/native/package.json"));

  const { stdout } = await promisify(execFile)(process.execPath, [join(compiler, "bin/tsc"), "-p", workspace.folder]);
  expect(stdout).toBe("");
}, 120_000);

test("both hosts find all that a generated workspace of 200 modules violates, and nothing else", async () => {
  await using workspace = await Workspace.create(files);
  const [fromEslint, fromOxlint] = await Promise.all([workspace.lintWithEslint(), workspace.lintWithOxlint()]);

  expect(toLines(fromOxlint)).toEqual(toLines(violations));
  expect(fromEslint).toEqual(fromOxlint);
}, 300_000);

/** Where something is found. Several findings of a rule in one line count once. */
function toLines(found: readonly Pick<Finding, "rule" | "file" | "line">[]): string[] {
  return [...new Set(found.map(({ rule, file, line }) => `${file}:${line} ${rule}`))].sort();
}
