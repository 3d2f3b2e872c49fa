import { rm } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createTextFile } from "../../../src/generators/changes/change.js";
import { defineGenerator } from "../../../src/generators/define-generator.js";
import { generate } from "../../../src/generators/generate.js";
import { createWorkspace, type Workspace } from "./workspace.js";

/** A generator of a file that nobody is to change, and of one that is everybody's. */
const client = defineGenerator({
  name: "client",
  summary: "Add a client",
  questions: {},
  sample: {},
  examples: ["client"],
  plan: async () => [
    createTextFile("client.ts", "export const a = 1;\nexport const b = 2;\n", { generated: true }),
    createTextFile("mine.ts", "export const c = 3;\n"),
  ],
  nextSteps: () => [],
});

async function createGenerated(files: Readonly<Record<string, string>> = {}): Promise<Workspace> {
  const workspace = await createWorkspace(files);
  await generate(client, {}, { root: workspace.path, record: true });
  return workspace;
}

async function findingsOf(workspace: Workspace, ...args: string[]) {
  const { code, stdout } = await workspace.check(["--format", "json", ...args]);
  return { code, findings: (JSON.parse(stdout) as { findings: object[] }).findings };
}

test("a file that is fully generated and was changed is a warning, at its first difference, with the remedy", async () => {
  await using workspace = await createGenerated();
  expect(await findingsOf(workspace)).toEqual({ code: 0, findings: [] });
  await workspace.write({
    "client.ts": "export const a = 1;\nexport const b = 3;\n",
    "mine.ts": "export const c = 4;\n",
  });
  const { code, findings } = await findingsOf(workspace);
  expect(code).toBe(0);
  expect(findings).toEqual([
    expect.objectContaining({ rule: "generated-drift", severity: "warning", file: "client.ts", line: 2, column: 1 }),
  ]);
  expect(findings).toMatchObject([
    {
      message: expect.stringMatching(
        /^`client\.ts` is generated, and differs from what `0001-client-\w+` has made\. Take/,
      ),
    },
  ]);
});

test("lines that are missing at the end are found, too", async () => {
  await using workspace = await createGenerated();
  await workspace.write({ "client.ts": "export const a = 1;" });
  expect((await findingsOf(workspace)).findings).toMatchObject([{ rule: "generated-drift", line: 1 }]);
});

test("other line ends are no drift, and a deleted file is none", async () => {
  await using workspace = await createGenerated();
  await workspace.write({ "client.ts": "export const a = 1;\r\nexport const b = 2;\r\n" });
  expect((await findingsOf(workspace)).findings).toEqual([]);
  await rm(join(workspace.path, "client.ts"));
  expect((await findingsOf(workspace)).findings).toEqual([]);
});

test("its severity is that of the configuration or the flag", async () => {
  await using workspace = await createGenerated({
    "phasewise.config.json": '{ "rules": { "generated-drift": "error" } }',
  });
  await workspace.write({ "client.ts": "changed\n" });
  expect(await findingsOf(workspace)).toMatchObject({ code: 1, findings: [{ severity: "error" }] });
  expect(await findingsOf(workspace, "--rule", "generated-drift=off")).toEqual({ code: 0, findings: [] });
});

test("paths and ignored files are left out as everywhere", async () => {
  await using workspace = await createGenerated();
  await workspace.write({ "client.ts": "export const a = 3;\n" });
  expect((await findingsOf(workspace, "mine.ts")).findings).toEqual([]);
  expect((await findingsOf(workspace, "--ignore", "client.ts")).findings).toEqual([]);
});

test("the baseline takes it as known", async () => {
  await using workspace = await createGenerated();
  await workspace.write({ "client.ts": "export const a = 3;\n" });
  await workspace.check(["--baseline"]);
  expect((await findingsOf(workspace)).findings).toEqual([]);
});

test("a record that leads out of the workspace is not followed", async () => {
  const record = {
    answers: {},
    files: { "../package.json": { generated: true, text: ["x"] } },
    generator: "x",
    version: "1",
  };
  await using workspace = await createWorkspace({
    "a.ts": "export {};\n",
    ".phasewise/generations/0001-x.record": JSON.stringify(record),
  });
  expect(await findingsOf(workspace)).toEqual({ code: 0, findings: [] });
});
