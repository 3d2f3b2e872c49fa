import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import plugin from "@phasewise/eslint-plugin";
import { describe, expect, test } from "vitest";
import { getExamples, getSections } from "./page-examples.js";
import { Workspace } from "./workspace.js";

describe.for(Object.entries(plugin.rules))("the page of %s", ([name, rule]) => {
  const page = readFile(fileURLToPath(rule.meta.docs?.url ?? ""), "utf8");

  test("has the rule's name for its title", async () => {
    expect((await page).split("\n")[0]).toBe(`# ${name}`);
  });

  test("tells of every option", async () => {
    const options = (await page).split("\n## ").find((section) => section.startsWith("Options\n"));
    for (const option of getOptions(rule.meta.schema)) expect(options).toContain(`\`${option}\``);
    if (getOptions(rule.meta.schema).length === 0) expect(options).toContain("None.");
  });

  test("shows what the rule reports, line by line", async () => {
    const incorrect = getSections(await page).find(({ title }) => title === "Incorrect");
    const files = getExamples(incorrect?.text ?? "");
    const marked = Object.entries(files).flatMap(([file, text]) =>
      getMarkedLines(text).map((line) => `${file}:${line}`),
    );

    expect(marked).not.toEqual([]);
    expect(await lint(name, files)).toEqual(marked.sort());
  });

  test("shows nothing else that the rule reports", async () => {
    const others = getSections(await page).filter(({ title }) => title !== "Incorrect");
    expect(Object.keys(getExamples(others.find(({ title }) => title === "Correct")?.text ?? ""))).not.toEqual([]);
    for (const { text } of others) expect(await lint(name, getExamples(text))).toEqual([]);
  });
});

function getOptions(schema: unknown): string[] {
  const [first] = [schema].flat() as [{ properties?: object }?];
  return Object.keys(first?.properties ?? {});
}

function getMarkedLines(code: string): number[] {
  return code.split("\n").flatMap((line, index) => (line.endsWith("// reported") ? [index + 1] : []));
}

async function lint(rule: string, files: Record<string, string>): Promise<string[]> {
  if (Object.keys(files).length === 0) return [];
  await using workspace = await Workspace.create(files);
  const findings = await workspace.lintWithEslint();
  return findings
    .filter((finding) => finding.rule === rule)
    .map(({ file, line }) => `${file}:${line}`)
    .sort();
}
