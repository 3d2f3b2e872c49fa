import { expect, test } from "vitest";
import { type Finding, Workspace } from "./workspace.js";

const caller = "modules/caller.ts";
const helper = "modules/helper.ts";
const callerText = `import { help } from "./helper.js";\n\nexport async function run() {\n  help();\n}\n`;
const blocking = `import { readFileSync } from "node:fs";\n\nexport const help = () => readFileSync("a.txt");\n`;
const harmless = `export const help = () => "a";\n`;
const inCaller = ["no-sync-io at 4:3"];
const inHelper = ["no-sync-io at 3:27"];

const summarize = (findings: readonly Finding[]) =>
  findings.map(({ rule, line, column }) => `${rule} at ${line}:${column}`);

const createWorkspace = (helperText: string) => Workspace.create({ [caller]: callerText, [helper]: helperText });

test("a finding comes and goes with a change of the helper on disk", async () => {
  await using workspace = await createWorkspace(harmless);
  expect(summarize(await workspace.lintWithEslint([caller]))).toEqual([]);

  await workspace.write({ [helper]: blocking });
  expect(summarize(await workspace.lintWithEslint([caller]))).toEqual(inCaller);

  await workspace.write({ [helper]: harmless });
  expect(summarize(await workspace.lintWithEslint([caller]))).toEqual([]);

  await workspace.write({ [helper]: blocking });
  expect(summarize(await workspace.lintWithEslint([caller]))).toEqual(inCaller);
});

test("a finding follows the helper's unsaved text once the helper was linted", async () => {
  await using workspace = await createWorkspace(harmless);
  expect(summarize(await workspace.lintWithEslint([caller]))).toEqual([]);

  expect(summarize(await workspace.lintUnsaved(helper, blocking))).toEqual(inHelper);
  expect(summarize(await workspace.lintWithEslint([caller]))).toEqual(inCaller);

  expect(summarize(await workspace.lintUnsaved(helper, harmless))).toEqual([]);
  expect(summarize(await workspace.lintWithEslint([caller]))).toEqual([]);
});

test("a helper's unsaved text gives way to the file when it is saved or changed on disk", async () => {
  await using workspace = await createWorkspace(harmless);
  expect(summarize(await workspace.lintUnsaved(helper, blocking))).toEqual(inHelper);
  expect(summarize(await workspace.lintWithEslint([caller]))).toEqual(inCaller);

  await workspace.write({ [helper]: blocking });
  expect(summarize(await workspace.lintWithEslint([caller]))).toEqual(inCaller);

  await workspace.write({ [helper]: `${harmless}// saved by another program\n` });
  expect(summarize(await workspace.lintWithEslint([caller]))).toEqual([]);
});

test("a helper's unsaved text gives way to the file when it is linted as it is on disk", async () => {
  await using workspace = await createWorkspace(harmless);
  expect(summarize(await workspace.lintUnsaved(helper, blocking))).toEqual(inHelper);
  expect(summarize(await workspace.lintWithEslint([helper]))).toEqual([]);
  expect(summarize(await workspace.lintWithEslint([caller]))).toEqual([]);
});

test("a finding goes with the helper's file and comes back with it", async () => {
  await using workspace = await createWorkspace(blocking);
  expect(summarize(await workspace.lintWithEslint([caller]))).toEqual(inCaller);

  await workspace.remove(helper);
  expect(summarize(await workspace.lintWithEslint([caller]))).toEqual([]);

  await workspace.write({ [helper]: blocking });
  expect(summarize(await workspace.lintWithEslint([caller]))).toEqual(inCaller);
});

test("a finding appears when the missing helper is created", async () => {
  await using workspace = await Workspace.create({ [caller]: callerText });
  expect(summarize(await workspace.lintWithEslint([caller]))).toEqual([]);

  await workspace.write({ [helper]: blocking });
  expect(summarize(await workspace.lintWithEslint([caller]))).toEqual(inCaller);
});

test("a finding follows a change two files away", async () => {
  const between = `export { help } from "./deep/help.js";\n`;
  await using workspace = await createWorkspace(between);
  await workspace.write({ "modules/deep/help.ts": harmless });
  expect(summarize(await workspace.lintWithEslint([caller]))).toEqual([]);

  await workspace.write({ "modules/deep/help.ts": blocking });
  expect(summarize(await workspace.lintWithEslint([caller]))).toEqual(inCaller);

  await workspace.write({ "modules/deep/help.ts": harmless });
  expect(summarize(await workspace.lintWithEslint([caller]))).toEqual([]);
});

test("a finding follows the caller's own unsaved text, keystroke by keystroke", async () => {
  await using workspace = await createWorkspace(blocking);
  expect(summarize(await workspace.lintUnsaved(caller, callerText))).toEqual(inCaller);
  expect(summarize(await workspace.lintUnsaved(caller, callerText.replace("help();", "hel")))).toEqual([]);
  expect(summarize(await workspace.lintUnsaved(caller, `\n${callerText}`))).toEqual(["no-sync-io at 5:3"]);
  expect(summarize(await workspace.lintUnsaved(caller, callerText))).toEqual(inCaller);
});

test("a file that is not saved yet is linted with the types of its project", async () => {
  await using workspace = await Workspace.create({ [helper]: blocking });
  expect(summarize(await workspace.lintUnsaved(caller, callerText))).toEqual(inCaller);
  expect(summarize(await workspace.lintUnsaved(caller, callerText.replace("help();", "")))).toEqual([]);
});

test("a finding outside of every project follows its helper too", async () => {
  const script = "scripts/run.ts";
  const text = callerText.replace("./helper.js", "../modules/helper.js");
  await using workspace = await Workspace.create({ [helper]: harmless, [script]: text });
  expect(summarize(await workspace.lintWithEslint([script]))).toEqual([]);

  await workspace.write({ [helper]: blocking });
  expect(summarize(await workspace.lintWithEslint([script]))).toEqual(inCaller);
  expect(summarize(await workspace.lintUnsaved(script, `\n${text}`))).toEqual(["no-sync-io at 5:3"]);

  await workspace.write({ [helper]: harmless });
  expect(summarize(await workspace.lintUnsaved(script, `\n${text}`))).toEqual([]);
});

test("findings follow a change of the project's configuration", async () => {
  await using workspace = await createWorkspace(`export const help = () => fetch("a");\nhelp();\n`);
  expect(summarize(await workspace.lintWithEslint([helper]))).toEqual(["no-floating-promises at 2:1"]);

  const compilerOptions = { module: "nodenext", strict: true, lib: ["es2023"], types: [] };
  await workspace.write({ "tsconfig.json": JSON.stringify({ compilerOptions, include: ["modules"] }) });
  expect(summarize(await workspace.lintWithEslint([helper]))).toEqual([]);
});

test("a workspace that was removed does not disturb the next one", async () => {
  for (const text of [blocking, harmless, blocking, blocking]) {
    await using workspace = await createWorkspace(text);
    expect(summarize(await workspace.lintWithEslint([caller]))).toEqual(text === blocking ? inCaller : []);
  }
});
