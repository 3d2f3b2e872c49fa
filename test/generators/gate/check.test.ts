import { symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { createFolder, createWorkspace } from "./workspace.js";

test("a workspace without findings passes with exit code 0", async () => {
  await using workspace = await createWorkspace({ "modules/a.ts": "good;\n" });
  const { code, stdout, stderr } = await workspace.check();
  expect(stdout).toMatch(/^No findings in 1 file \(\d+\.\d s\)\.\n$/);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "" });
});

test("an error finding fails with exit code 1, warnings alone do not", async () => {
  await using workspace = await createWorkspace({ "modules/a.ts": "bad;\n", "modules/b.ts": "meh;\n" });
  expect((await workspace.check()).code).toBe(1);
  expect((await workspace.check(["modules/b.ts"])).code).toBe(0);
});

test("the JSON report has the findings sorted by file, line, column and rule, and a summary", async () => {
  await using workspace = await createWorkspace({
    "modules/b.ts": "good;\n  meh; bad;\nbad;\n",
    "modules/a.ts": "far;\n",
  });
  const { code, stdout } = await workspace.check(["--format", "json"]);
  expect(code).toBe(1);
  const no = { rule: "no-bad", severity: "error", message: "`bad` is bad. Write good.", path: [], steps: [] };
  expect(JSON.parse(stdout)).toEqual({
    schemaVersion: 1,
    findings: [
      {
        rule: "no-far",
        severity: "error",
        file: "modules/a.ts",
        line: 1,
        column: 1,
        endLine: 1,
        endColumn: 4,
        message: "This call blocks: `loadConfig → readJson → fs.readFileSync`. Await `readFile` instead.",
        path: ["loadConfig", "readJson", "fs.readFileSync"],
        steps: [],
      },
      {
        rule: "prefer-good",
        severity: "warning",
        file: "modules/b.ts",
        line: 2,
        column: 3,
        endLine: 2,
        endColumn: 6,
        message: "`meh` could be better.",
        path: [],
        steps: [],
      },
      { ...no, file: "modules/b.ts", line: 2, column: 8, endLine: 2, endColumn: 11 },
      { ...no, file: "modules/b.ts", line: 3, column: 1, endLine: 3, endColumn: 4 },
    ],
    summary: { files: 2, errors: 3, warnings: 1, durationMs: expect.any(Number) },
  });
});

test("lines and columns are those of an editor, whatever the encoding and line ends", async () => {
  await using workspace = await createWorkspace({
    "bom.ts": '\uFEFFbad;\r\nconst é = "😀"; bad;\r\n',
    "unix.ts": 'const text = "日本\u2028"; bad;\n\nbad;',
    "mac.ts": "good;\rbad;\r",
  });
  const { findings } = JSON.parse((await workspace.check(["--format", "json"])).stdout);
  const places = findings.map(({ file, line, column }: Record<string, unknown>) => `${file}:${line}:${column}`);
  expect(places).toEqual(["bom.ts:1:1", "bom.ts:2:17", "mac.ts:2:1", "unix.ts:2:4", "unix.ts:4:1"]);
});

test("a file that cannot be parsed is a finding of the rule syntax-error", async () => {
  await using workspace = await createWorkspace({ "a.ts": "good;\nlet let = ;\n" });
  const { code, stdout } = await workspace.check(["--format", "json"]);
  expect(code).toBe(1);
  expect(JSON.parse(stdout).findings).toEqual([
    expect.objectContaining({ rule: "syntax-error", severity: "error", file: "a.ts", line: 2, path: [] }),
  ]);
});

test("in a workspace large enough for several processes every finding is reported once", async () => {
  const bad = Array.from({ length: 220 }, (_, index) => [`modules/m${index}/a.ts`, "bad;\n"]);
  await using workspace = await createWorkspace({ ...Object.fromEntries(bad), "b.ts": "let let = ;\n" });
  const { code, stdout } = await workspace.check(["--format", "json"]);
  const { findings, summary } = JSON.parse(stdout);

  expect(code).toBe(1);
  expect(summary).toMatchObject({ files: 221, errors: 221 });
  expect(new Set(findings.map(({ file, rule }: Record<string, unknown>) => `${file} ${rule}`)).size).toBe(221);
});

test("a disable comment silences a finding", async () => {
  await using workspace = await createWorkspace({
    "a.ts": "// eslint-disable-next-line phasewise/no-bad -- it is needed here\nbad;\n",
  });
  expect((await workspace.check()).code).toBe(0);
});

test("--quiet leaves warnings out of the report, and the summary still counts them", async () => {
  await using workspace = await createWorkspace({ "a.ts": "meh; bad;\n" });
  const { findings, summary } = JSON.parse((await workspace.check(["--quiet", "--format", "json"])).stdout);
  expect(findings.map(({ rule }: { rule: string }) => rule)).toEqual(["no-bad"]);
  expect(summary).toMatchObject({ errors: 1, warnings: 1 });
});

test("more warnings than --max-warnings allows fail with exit code 1", async () => {
  await using workspace = await createWorkspace({ "a.ts": "meh; meh;\n" });
  expect((await workspace.check(["--max-warnings", "2"])).code).toBe(0);
  const { code, stderr } = await workspace.check(["--max-warnings", "1"]);
  expect({ code, stderr }).toEqual({
    code: 1,
    stderr: "Too many warnings: 2, and --max-warnings allows 1.\n",
  });
});

test("--ignore leaves files out and can be repeated", async () => {
  await using workspace = await createWorkspace({ "a.ts": "bad;\n", "b/c.ts": "bad;\n", "d.ts": "good;\n" });
  const { code, stdout } = await workspace.check(["--ignore", "a.ts", "--ignore", "b/**", "--format", "json"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).summary.files).toBe(1);
});

test("files that .gitignore names are left out, unless they are given one by one", async () => {
  await using workspace = await createWorkspace({ ".gitignore": "dist/\n", "dist/a.js": "bad;\n", "b.ts": "good;\n" });
  expect((await workspace.check()).code).toBe(0);
  expect((await workspace.check(["dist/a.js"])).code).toBe(1);
});

test("node_modules is left out, also where no .gitignore names it", async () => {
  await using workspace = await createWorkspace({ "a.ts": "good;\n", "packages/b/node_modules/c/index.js": "bad;\n" });
  const { code, stdout } = await workspace.check(["--format", "json"]);
  expect(code).toBe(0);
  expect(JSON.parse(stdout).summary.files).toBe(1);
});

test("a workspace inside an ignored folder is checked all the same, by its own .gitignore files", async () => {
  await using outside = await createWorkspace({
    ".gitignore": "demo/\n",
    "demo/package.json": "{}",
    "demo/.gitignore": "dist/\n",
    "demo/modules/.gitignore": "*.draft.ts\n",
    "demo/modules/a.ts": "bad;\n",
    "demo/modules/b.draft.ts": "bad;\n",
    "demo/dist/a.js": "bad;\n",
    "demo/src/c.ts": "bad;\n",
  });
  const all = JSON.parse((await outside.check(["--format", "json"], { cwd: "demo" })).stdout);
  expect(all.findings.map(({ file }: { file: string }) => file)).toEqual(["modules/a.ts", "src/c.ts"]);
  const part = JSON.parse((await outside.check(["--format", "json", "src"], { cwd: "demo" })).stdout);
  expect(part.findings.map(({ file }: { file: string }) => file)).toEqual(["src/c.ts"]);
});

test("a workspace without code passes, and the report says so", async () => {
  await using workspace = await createWorkspace({ "README.md": "Soon.\n" });
  const { code, stdout } = await workspace.check();
  expect(code).toBe(0);
  expect(stdout).toContain("Nothing to check");
});

test("a run in a folder below checks the whole workspace, and paths start from that folder", async () => {
  await using workspace = await createWorkspace({ "a.ts": "bad;\n", "b/c.ts": "bad;\n", "b/d.ts": "bad;\n" });
  const all = JSON.parse((await workspace.check(["--format", "json"], { cwd: "b" })).stdout);
  expect(all.findings.map(({ file }: { file: string }) => file)).toEqual(["a.ts", "b/c.ts", "b/d.ts"]);
  const one = JSON.parse((await workspace.check(["--format", "json", "c.ts"], { cwd: "b" })).stdout);
  expect(one.findings.map(({ file }: { file: string }) => file)).toEqual(["b/c.ts"]);
});

test("a file that several paths lead to is checked once", async () => {
  await using workspace = await createWorkspace({ "a/b.ts": "bad;\n", "c.ts": "good;\n" });
  const { summary } = JSON.parse((await workspace.check(["--format", "json", "a", "a/b.ts", "./a", "c.ts"])).stdout);
  expect(summary).toMatchObject({ files: 2, errors: 1 });
});

test("--cwd names the folder to start from", async () => {
  await using workspace = await createWorkspace({ "app/package.json": "{}", "app/a.ts": "bad;\n" });
  const { findings } = JSON.parse((await workspace.check(["--cwd", "app", "--format", "json"])).stdout);
  expect(findings.map(({ file }: { file: string }) => file)).toEqual(["a.ts"]);
});

test("a note of the plugin on stderr reaches the user, and the report stays clean of it", async () => {
  await using workspace = await createWorkspace({ "a.ts": "note;\n" });
  const { code, stdout, stderr } = await workspace.check(["--format", "json"]);
  expect({ code, stderr }).toEqual({ code: 0, stderr: "a note of the plugin\n" });
  expect(JSON.parse(stdout).findings).toEqual([]);
});

test.each([
  ["a path that does not exist", ["nowhere.ts"], /nowhere\.ts does not exist/],
  ["a path outside the workspace", [".."], /is outside the workspace/],
  ["a folder to start from that does not exist", ["--cwd", "nowhere"], /nowhere does not exist/],
  ["an unknown format", ["--format", "xml"], /format/],
  ["an unknown flag", ["--frmat", "json"], /frmat/],
  ["an amount of warnings that is no amount", ["--max-warnings", "some"], /--max-warnings takes a whole number/],
])("%s is wrong usage: exit code 2, a clear message and no report", async (_, args, message) => {
  await using workspace = await createWorkspace({ "a.ts": "bad;\n" });
  const { code, stdout, stderr } = await workspace.check(args);
  expect(stderr).toMatch(message);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

test("a symbolic link that leads outside the workspace is wrong usage", async () => {
  await using outside = await createFolder({ "a.ts": "bad;\n" });
  await using workspace = await createWorkspace({ "b.ts": "good;\n" });
  await symlink(outside.path, join(workspace.path, "link"));
  const { code, stderr } = await workspace.check(["link"]);
  expect(stderr).toMatch(/is outside the workspace/);
  expect(code).toBe(2);
});

test("a workspace without the plugin is told how to install it", async () => {
  await using folder = await createFolder({ "package.json": "{}", "a.ts": "bad;\n" });
  const { code, stderr } = await folder.check();
  expect(stderr).toContain("npm install --save-dev @phasewise/eslint-plugin");
  expect(code).toBe(2);
});

test("a file that is no UTF-8 is named, with what to do", async () => {
  await using workspace = await createWorkspace({});
  await writeFile(join(workspace.path, "a.ts"), Buffer.from([0x62, 0xff, 0xfe]));
  const { code, stdout, stderr } = await workspace.check(["--format", "json"]);
  expect(stderr).toMatch(/a\.ts.*UTF-8.*--ignore/s);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

test("a rule that crashes is a failure of the gate: exit code 3, the file, and what to do", async () => {
  await using workspace = await createWorkspace({ "modules/a.ts": "crash;\n", "modules/b.ts": "bad;\n" });
  const { code, stdout, stderr } = await workspace.check(["--format", "json"]);
  expect(stderr).toMatch(/^A rule crashed.*Report a bug.*modules\/a\.ts.*out of ideas/s);
  expect(stderr).not.toContain("GateFailure");
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
});

test("a plugin that cannot be loaded is a failure of the gate: exit code 3, and its reason", async () => {
  await using workspace = await createWorkspace({
    "a.ts": "bad;\n",
    "node_modules/@phasewise/eslint-plugin/dist/plugin.js": 'throw new Error("no binary for this machine");\n',
  });
  const { code, stdout, stderr } = await workspace.check();
  expect(stderr).toMatch(/^oxlint gave no report\. Reinstall.*no binary for this machine/s);
  expect(stderr).not.toContain("GateFailure");
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
});

test("an oxlint that is killed is a failure of the gate: exit code 3, and what to do", async () => {
  await using workspace = await createWorkspace({
    "a.ts": "bad;\n",
    "node_modules/@phasewise/eslint-plugin/dist/plugin.js": 'process.kill(process.pid, "SIGKILL");\n',
  });
  const { code, stdout, stderr } = await workspace.check();
  expect(stderr).toMatch(/^oxlint was ended by SIGKILL.*--ignore <glob>\.\n/);
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
});

test("a file that is nested too deep is a failure of the gate: exit code 3, the file, and what to do", async () => {
  await using workspace = await createWorkspace({ "modules/deep.ts": `${"a + ".repeat(5000)}a;\n`, "b.ts": "bad;\n" });
  const { code, stdout, stderr } = await workspace.check();
  expect(stderr).toMatch(
    /^\S+modules\/deep\.ts is nested too deep to be checked\. Leave it out with --ignore <glob>\.\nTo report a bug, attach \S+\n$/,
  );
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
});
