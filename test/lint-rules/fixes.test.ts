import { readFile } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import plugin from "@phasewise/eslint-plugin";
import parser from "@typescript-eslint/parser";
import { describe, expect, test } from "vitest";
import { corpus } from "./corpus.js";
import { fixableCorpus } from "./fixable-corpus.js";
import { getExamples, getSections } from "./page-examples.js";
import { type Files, Workspace } from "./workspace.js";

const samples: Record<string, () => Promise<Files>> = {
  "the files on which both hosts agree": async () => corpus,
  "files that are hard to fix": async () => fixableCorpus,
  ...Object.fromEntries(
    Object.entries(plugin.rules).map(([name, rule]) => [
      `the page of ${name}`,
      async () => readIncorrect(fileURLToPath(rule.meta.docs?.url ?? "")),
    ]),
  ),
};

/** Each sample is linted by two programs until nothing changes, and compiled twice. */
const timeout = 600_000;

describe.for(Object.entries(samples))("%s", { timeout }, ([, readSample]) => {
  test("are fixed for good in both hosts, with all their comments and no more type errors", async () => {
    const files = await readSample();
    await using workspace = await Workspace.create(files);
    await using other = await Workspace.create(files);
    const fixed = await workspace.fixWithEslint();

    expect(await other.fixWithOxlint()).toEqual(fixed);
    if (Object.entries(fixed).every(([file, text]) => text === files[file])) return;
    expect(getMissingComments(files, fixed)).toEqual([]);
    expect(await workspace.fixWithEslint()).toEqual(fixed);
    const typeErrors = await workspace.findTypeErrors();
    await workspace.write(files);
    expect(getAdded(await workspace.findTypeErrors(), typeErrors)).toEqual([]);
  });

  test("lose a finding by each suggestion, and no comment", async () => {
    const files = await readSample();
    await using workspace = await Workspace.create(files);
    const findings = await workspace.lintWithEslint();
    for (const { rule, file, description, output } of await workspace.getSuggestions()) {
      const isSame = (finding: { rule: string; file: string }) => finding.rule === rule && finding.file === file;
      const left = (await workspace.lintUnsaved(file, output)).filter(isSame);
      const before = findings.filter(isSame).length;
      expect({ file, description, left: left.length < before }).toEqual({ file, description, left: true });
      expect(getMissingComments({ [file]: files[file] ?? "" }, { [file]: output })).toEqual([]);
    }
  });
});

test("the files that are hard to fix have something to fix for every rule that fixes", async () => {
  await using workspace = await Workspace.create(fixableCorpus);
  const before = (await workspace.lintWithEslint()).map(({ rule }) => rule);
  await workspace.fixWithEslint();
  const after = (await workspace.lintWithEslint()).map(({ rule }) => rule);
  const fixable = Object.entries(plugin.rules).flatMap(([name, { meta }]) => (meta.fixable ? name : []));

  expect([...new Set(getAdded(after, before))].sort()).toEqual(fixable);
});

async function readIncorrect(page: string): Promise<Files> {
  const sections = getSections(await readFile(page, "utf8"));
  return getExamples(sections.find(({ title }) => title === "Incorrect")?.text ?? "");
}

/** The comments that are there before and not after. What does not parse throws. */
function getMissingComments(before: Files, after: Files): string[] {
  return Object.entries(before).flatMap(([file, text]) => {
    const left = getComments(file, after[file] ?? "");
    return getAdded(left, getComments(file, text));
  });
}

function getComments(file: string, text: string): string[] {
  const { ast } = parser.parseForESLint(text, {
    comment: true,
    filePath: file,
    sourceType: /\.c[jt]s$/.test(file) ? "script" : "module",
    ecmaFeatures: { jsx: /x$/.test(file) },
  });
  return ast.comments?.map(({ value }) => value) ?? [];
}

/** What is in the second list more often than in the first. */
function getAdded(first: readonly string[], second: readonly string[]): string[] {
  const left = [...first];
  return second.filter((item) => {
    const index = left.indexOf(item);
    if (index >= 0) left.splice(index, 1);
    return index < 0;
  });
}
