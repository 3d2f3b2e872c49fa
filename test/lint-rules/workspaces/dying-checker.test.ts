import { basename } from "node:path";
import { expect, test } from "vitest";
import { runProgram } from "../../generators/program.js";
import { Workspace } from "../workspace.js";
import { countRequests, killAtRequests, killCheckers } from "./kill-checker.mjs";

const files = {
  "modules/files/read.ts": `import { readFileSync } from "node:fs";

export const read = () => readFileSync("a.txt");
`,
  "modules/files/run.ts": `import { read } from "./read.js";

const wait = async () => {};
export async function run() {
  read();
  wait();
  if (wait()) [1].forEach(wait);
  if (wait()) void setInterval(wait, 1);
}
`,
};
/** All requests are too many to try at each run; the step meets each kind of them. */
const STEP = 31;
const warmUp = "modules/files/read.ts";

const expected = [
  "no-sync-io at modules/files/read.ts:3",
  "no-sync-io at modules/files/run.ts:5",
  "no-floating-promises at modules/files/run.ts:6",
  "no-misused-promises at modules/files/run.ts:7",
  "no-misused-promises at modules/files/run.ts:7",
  "no-misused-promises at modules/files/run.ts:8",
  "no-misused-promises at modules/files/run.ts:8",
];

function summarize(findings: readonly { rule: string; file: string; line: number }[]) {
  return findings.map(({ rule, file, line }) => `${rule} at ${file}:${line}`);
}

async function lint(workspace: Workspace) {
  return summarize(await workspace.lintWithEslint());
}

/** Another checker, that has answered for one file only. */
async function startAfresh(workspace: Workspace) {
  killAtRequests([]);
  await killCheckers();
  await workspace.lintWithEslint([warmUp]);
}

function killAt(...requests: number[]): NodeJS.ProcessEnv {
  return {
    NODE_OPTIONS: `--import=${new URL("kill-checker.mjs", import.meta.url).href}`,
    PHASEWISE_KILL_CHECKER: requests.join(","),
  };
}

function check(workspace: Workspace, ...requests: number[]) {
  const surroundings = { cwd: workspace.folder, env: killAt(...requests) };
  return runProgram("phasewise", ["check", "--format", "json"], surroundings);
}

test("findings are complete when the checker dies between two files", async () => {
  await using workspace = await Workspace.create(files);
  expect(await lint(workspace)).toEqual(expected);
  await killCheckers();
  expect(await lint(workspace)).toEqual(expected);
});

test("findings are complete at whichever request the checker dies", async () => {
  await using workspace = await Workspace.create(files);
  await startAfresh(workspace);
  killAtRequests([]);
  await lint(workspace);
  const requests = countRequests();
  for (let request = 1; request <= requests; request += STEP) {
    await startAfresh(workspace);
    killAtRequests([request]);
    expect(await lint(workspace), `request ${request} of ${requests}`).toEqual(expected);
  }
});

test("a file that the checker dies on twice is named with what to do, and the next text of it is asked again", async () => {
  await using workspace = await Workspace.create(files);
  await startAfresh(workspace);
  killAtRequests([8, 12]);
  await expect(lint(workspace)).rejects.toThrow(
    /TypeScript's native checker died twice on .*modules.files.run\.ts, .* Free memory .* leave the file out/,
  );
  expect(await lint(workspace)).toEqual(expected);
});

test("the gate reports all findings when the checker dies once, and fails when it dies twice on a file", async () => {
  await using workspace = await Workspace.create(files);
  const once = await check(workspace, 20);
  expect(once).toMatchObject({ exitCode: 1, stderr: "" });
  expect(summarize(JSON.parse(once.stdout).findings)).toEqual(expected);

  const { exitCode, stdout, stderr } = await check(workspace, 20, 24);
  expect({ exitCode, stdout }).toEqual({ exitCode: 3, stdout: "" });
  expect(stderr).toMatch(
    /^TypeScript's native checker died twice on .*modules.files\S+, so nothing is known .*\.\nTo report a bug, attach .*\n$/,
  );
});

test("a file that the checker dies on twice is told of once, and the next file is linted", async () => {
  await using workspace = await Workspace.create(files);
  const failure = workspace.lintWithOxlint({ env: killAt(8, 12, 16, 20, 24, 28) }).catch(String);
  const told = [...String(await failure).matchAll(/died twice on (\S+),/g)].map(([, file]) => basename(file ?? ""));
  expect(told.sort()).toEqual(["read.ts", "run.ts"]);
});
