import { expect, test } from "vitest";
import { parseAllDocuments } from "yaml";
import { runProgram } from "../generators/program.js";
import { readText } from "./repository.js";

const pages = ["docs/ci.md", "docs/gate.md", "docs/baseline.md"];

async function readBlocks(page: string, language: string): Promise<string[]> {
  const blocks = (await readText(page)).matchAll(new RegExp(`^\`\`\`${language}\n(.*?)^\`\`\`$`, "gms"));
  return [...blocks].map(([, text = ""]) => text);
}

test("the YAML and the JSON of the guide to CI can be parsed", async () => {
  const documents = (await readBlocks("docs/ci.md", "yaml")).flatMap((text) => parseAllDocuments(text));
  expect(documents.length).toBeGreaterThan(5);
  expect(documents.flatMap(({ errors, warnings }) => [...errors, ...warnings])).toEqual([]);
  const objects = (await readBlocks("docs/ci.md", "json")).map((text) => JSON.parse(text) as object);
  expect(objects.map((object) => Object.keys(object)[0])).toEqual(["namedInputs", "globalDependencies"]);
});

test("the guide shows the workflow that an application is scaffolded with", async () => {
  const workflow = await readText("templates/app/.github/workflows/check.yml");
  expect((await readBlocks("docs/ci.md", "yaml"))[0]).toBe(workflow);
});

test("the guide shows the pipeline that the generator makes for GitLab", async () => {
  expect(await readBlocks("docs/ci.md", "yaml")).toContain(await readText("templates/ci/gitlab-ci.yml"));
});

test.each(pages)("%s names only flags and formats that there are", async (page) => {
  const { stdout } = await runProgram("phasewise", ["check", "--help"], { cwd: import.meta.dirname });
  const known = new Set([...stdout.matchAll(/--[a-z-]+/g)].map(([flag]) => flag));
  const commands = [...(await readText(page)).matchAll(/phasewise check[^\n`|#]*/g)].map(([command]) => command);
  const used = commands.flatMap((command) => [...command.matchAll(/ (--[a-z-]+)/g)].map(([, flag]) => flag));
  expect(used.length).toBeGreaterThan(2);
  expect(used.filter((flag) => !known.has(flag!))).toEqual([]);
  const formats = commands.flatMap((command) => /--format (\w+)/.exec(command)?.[1] ?? []);
  expect(formats.filter((format) => !new RegExp(`Form of the report:[^[]*\\b${format}\\b`).test(stdout))).toEqual([]);
});
