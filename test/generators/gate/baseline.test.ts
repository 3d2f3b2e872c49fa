import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { type Outcome, type Workspace, createRepository, createWorkspace } from "./workspace.js";

const json = ["--format", "json"];

/** The findings as `rule file:line`. */
function summarize({ stdout }: Outcome): string[] {
  const { findings } = JSON.parse(stdout) as { findings: { rule: string; file: string; line: number }[] };
  return findings.map(({ rule, file, line }) => `${rule} ${file}:${line}`);
}

async function readBaseline({ path }: Workspace, file = "phasewise-baseline.json") {
  return JSON.parse(await readFile(join(path, file), "utf8")) as { findings: Record<string, Record<string, number>> };
}

const code = `export class Invoices {
  async send() {
    bad;
    bad;
    meh;
  }
}
far;
`;

test("--baseline accepts what is there: sorted, counted, by rule and the names around it, and later runs pass", async () => {
  await using workspace = await createWorkspace({ "b.ts": code, "a.ts": "bad;\n", "c.ts": "good;\n" });
  const first = await workspace.check(["--baseline"]);
  expect(first.stderr).toBe("Wrote 5 findings to phasewise-baseline.json.\n");
  expect(first.stdout).toMatch(/^No new findings in 3 files, and 5 known findings/);
  expect(first.code).toBe(0);

  const { findings } = await readBaseline(workspace);
  const withoutHash = (key: string) => key.replace(/ [0-9a-f]{10}$/, "");
  expect(
    Object.entries(findings).map(([file, own]) => [file, Object.keys(own).map(withoutHash), Object.values(own)]),
  ).toEqual([
    ["a.ts", ["no-bad -"], [1]],
    ["b.ts", ["no-bad Invoices.send", "no-far -", "prefer-good Invoices.send"], [2, 1, 1]],
  ]);
  const later = await workspace.check(json);
  expect({ code: later.code, ...JSON.parse(later.stdout) }).toMatchObject({
    code: 0,
    findings: [],
    summary: { errors: 0, warnings: 0, known: 5, gone: 0 },
  });
});

test("what is new fails, also when it is the same once more in one function", async () => {
  await using workspace = await createWorkspace({ "a.ts": code });
  await workspace.check(["--baseline"]);
  await workspace.write({ "a.ts": code.replace("meh;", "meh;\n    bad;\n    far;") });
  const outcome = await workspace.check(json);
  expect(summarize(outcome)).toEqual(["no-bad a.ts:6", "no-far a.ts:7"]);
  expect(outcome.code).toBe(1);
});

test("the same code in another function is new", async () => {
  await using workspace = await createWorkspace({ "a.ts": code });
  await workspace.check(["--baseline"]);
  await workspace.write({ "a.ts": code.replace("async send", "async post") });
  expect(summarize(await workspace.check(json))).toEqual(["no-bad a.ts:3", "no-bad a.ts:4", "prefer-good a.ts:5"]);
});

test("code that moves, is indented or formatted anew, or whose file is renamed, stays known", async () => {
  await using workspace = await createWorkspace({ "a.ts": code });
  await workspace.check(["--baseline"]);
  const formatted = `// a comment\n\nexport class Invoices {\n\n\tasync send()\n\t{ bad\n\tbad\n\t;(meh) }}\n(far)`;
  await workspace.write({ "a.ts": undefined, "b/moved.ts": formatted });
  const outcome = await workspace.check(json);
  expect(summarize(outcome)).toEqual([]);
  expect(JSON.parse(outcome.stdout).summary).toMatchObject({ known: 4, gone: 0 });
});

test("a shrinking baseline does not fail, and --prune takes out what is gone, and nothing else", async () => {
  await using workspace = await createWorkspace({ "a.ts": code, "b.ts": "bad;\n" });
  await workspace.check(["--baseline"]);
  await workspace.write({ "a.ts": code.replace("bad;\n", "\n"), "b.ts": "good; far;\n" });
  const before = await readBaseline(workspace);
  await workspace.write({ "b.ts": "good;\n" });
  const smaller = await workspace.check();
  expect(smaller.code).toBe(0);
  expect(smaller.stderr).toMatch(/^2 known findings gone since.*phasewise check --baseline --prune\n$/);
  expect(await readBaseline(workspace)).toEqual(before);

  await workspace.write({ "b.ts": "far;\n" });
  const pruned = await workspace.check([...json, "--baseline", "--prune"]);
  expect(summarize(pruned)).toEqual(["no-far b.ts:1"]);
  expect(pruned.code).toBe(1);
  expect(Object.values((await readBaseline(workspace)).findings["a.ts"] ?? {})).toEqual([1, 1, 1]);
  expect(Object.keys((await readBaseline(workspace)).findings)).toEqual(["a.ts"]);
});

test("a check of a part says nothing of what is gone elsewhere", async () => {
  await using workspace = await createWorkspace({ "a.ts": "bad;\n", "b.ts": "bad;\n" });
  await workspace.check(["--baseline"]);
  await workspace.write({ "a.ts": "good;\n" });
  const { code, stderr } = await workspace.check(["b.ts"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

test("--no-baseline reports what is known, too", async () => {
  await using workspace = await createWorkspace({ "a.ts": "bad;\n" });
  await workspace.check(["--baseline"]);
  expect(summarize(await workspace.check([...json, "--no-baseline"]))).toEqual(["no-bad a.ts:1"]);
});

test("a file that cannot be parsed is never accepted", async () => {
  await using workspace = await createWorkspace({ "a.ts": "let let = ;\n", "b.ts": "bad;\n" });
  const outcome = await workspace.check([...json, "--baseline"]);
  expect(summarize(outcome)).toEqual(["syntax-error a.ts:1"]);
  expect(outcome.code).toBe(1);
  expect(summarize(await workspace.check(json))).toEqual(["syntax-error a.ts:1"]);
});

test("--baseline-file names another file, and starts from the current folder", async () => {
  await using workspace = await createWorkspace({ "b/a.ts": "bad;\n" });
  await workspace.check(["--baseline", "--baseline-file", "known.json"], { cwd: "b" });
  expect(Object.keys((await readBaseline(workspace, "b/known.json")).findings)).toEqual(["b/a.ts"]);
  expect((await workspace.check(["--baseline-file", "b/known.json"])).code).toBe(0);
  expect((await workspace.check()).code).toBe(1);
});

test("git merges two baselines that have grown in different files", async () => {
  const names = ["a", "b", "c", "d", "e", "f"].map((name) => `${name}.ts`);
  await using workspace = await createRepository(Object.fromEntries(names.map((name) => [name, "bad;\n"])));
  const grow = async (branch: string, file: string) => {
    await workspace.git("checkout", "--quiet", "-B", branch, "main");
    await workspace.write({ [file]: "bad; far;\n" });
    await workspace.check(["--baseline"]);
    await workspace.git("commit", "--all", "--quiet", "--message", branch);
  };
  await workspace.check(["--baseline"]);
  await workspace.git("add", ".");
  await workspace.git("commit", "--quiet", "--message", "Accept");
  await grow("first", "a.ts");
  await grow("second", "f.ts");
  await workspace.git("merge", "--quiet", "--no-edit", "first");
  expect((await workspace.check(["--changed", "HEAD"])).code).toBe(0);
  const { stdout, code } = await workspace.check(json);
  expect({ code, summary: JSON.parse(stdout).summary }).toMatchObject({ code: 0, summary: { known: 8, gone: 0 } });
});

test.each([
  ["no JSON", "{", /is no baseline that can be read/],
  ["one with conflicts", '{\n<<<<<<< ours\n"version": 1\n=======\n>>>>>>> theirs\n}', /conflict markers of git/],
  ["of another version", '{ "version": 2, "findings": {} }', /its version is 2, not 1/],
  ["without findings", '{ "version": 1 }', /nothing stands where an object/],
  ["with an amount that is none", '{ "version": 1, "findings": { "a.ts": { "no-bad - 0": -1 } } }', /the amount -1/],
  ["with a list", '{ "version": 1, "findings": { "a.ts": [] } }', /\[\] stands where an object/],
])("a corrupt baseline, %s, is exit code 2 with the remedy, and stays as it is", async (_, text, message) => {
  await using workspace = await createWorkspace({ "a.ts": "bad;\n", "phasewise-baseline.json": text });
  for (const args of [[], ["--baseline", "--prune"]]) {
    const { code, stdout, stderr } = await workspace.check(args);
    expect(stderr).toMatch(message);
    expect(stderr).toMatch(/^phasewise-baseline\.json is no baseline.*from git, or write it anew.*--baseline/s);
    expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  }
  expect(await readFile(join(workspace.path, "phasewise-baseline.json"), "utf8")).toBe(text);
});

test("a corrupt baseline is written anew when that is asked for", async () => {
  await using workspace = await createWorkspace({ "a.ts": "bad;\n", "phasewise-baseline.json": "{" });
  expect((await workspace.check(["--baseline"])).code).toBe(0);
  expect((await workspace.check()).code).toBe(0);
});

test.each([
  ["a baseline of a part", ["--baseline", "a.ts"], /about the whole workspace/],
  ["a baseline of a change", ["--baseline", "--changed"], /about the whole workspace/],
  ["--prune alone", ["--prune"], /phasewise check --baseline --prune/],
  ["--prune without a baseline", ["--baseline", "--prune"], /There is no baseline phasewise-baseline\.json/],
  ["a baseline file that is not there", ["--baseline-file", "x.json"], /There is no baseline x\.json/],
  ["a baseline file outside the workspace", ["--baseline-file", "../x.json"], /outside the workspace.*--baseline-file/],
  ["both of --baseline and --no-baseline", ["--baseline", "--no-baseline"], /contradict each other/],
])("%s is wrong usage: exit code 2, and nothing is written", async (_, args, message) => {
  await using workspace = await createWorkspace({ "a.ts": "bad;\n" });
  const { code, stderr } = await workspace.check(args);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
  await expect(readBaseline(workspace)).rejects.toThrow("ENOENT");
});
