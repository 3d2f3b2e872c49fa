import plugin from "@phasewise/eslint-plugin";
import { expect, test } from "vitest";
import { generateWorkspace } from "./generated-workspace/generate-workspace.js";
import { type Finding, Workspace } from "./workspace.js";

const { files, violations } = generateWorkspace({ modules: 200, violations: { seed: 20, rate: 0.1 } });

test("the generated workspace violates every rule", () => {
  expect([...new Set(violations.map(({ rule }) => rule))].sort()).toEqual(Object.keys(plugin.rules).sort());
});

test("both hosts find all that a generated workspace of 200 modules violates, and nothing else", async () => {
  await using workspace = await Workspace.create(files);
  const fromOxlint = await workspace.lintWithOxlint();

  expect(toLines(fromOxlint)).toEqual(toLines(violations));
  expect(await workspace.lintWithEslint()).toEqual(fromOxlint);
}, 180_000);

/** Where something is found. Several findings of a rule in one line count once. */
function toLines(found: readonly Pick<Finding, "rule" | "file" | "line">[]): string[] {
  return [...new Set(found.map(({ rule, file, line }) => `${file}:${line} ${rule}`))].sort();
}
