import plugin from "@phasewise/eslint-plugin";
import { basename } from "node:path";
import { expect, test } from "vitest";
import { listFiles } from "./repository.js";

const folder = "src/lint-rules/rules";
const files = await listFiles(folder);
const rules = files.filter((file) => file.endsWith(".ts")).map((file) => file.slice(folder.length + 1, -".ts".length));

test("every rule is registered under the name of its file, and nothing else is", () => {
  expect(Object.keys(plugin.rules).sort()).toEqual(rules.map((rule) => basename(rule)).sort());
});

test.each(rules)("%s has a page beside it and a test named after it", async (rule) => {
  expect(files).toContain(`${folder}/${rule}.md`);
  expect(await listFiles("test/lint-rules")).toContain(`test/lint-rules/${rule}.test.ts`);
});
