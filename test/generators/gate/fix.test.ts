import { chmod, readdir, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { readFiles, type Files } from "../temporary-folder.js";
import { type Outcome, type Workspace, createFolder, createWorkspace } from "./workspace.js";

/** The code of a workspace, by path. */
async function readCode({ path }: Workspace): Promise<Files> {
  const files = Object.entries(await readFiles(path)).filter(([file]) => !file.startsWith("node_modules/"));
  return Object.fromEntries(files.filter(([file]) => file.endsWith(".ts")));
}

function readRules({ stdout }: Outcome): string[] {
  return JSON.parse(stdout).findings.map(({ rule }: { rule: string }) => rule);
}

test("--fix repairs the files, also where one fix makes room for another, and passes when nothing is left", async () => {
  await using workspace = await createWorkspace({ "a.ts": "broken;\n", "b/c.ts": "worst;\r\n", "d.ts": "good;\n" });
  const { code, stdout, stderr } = await workspace.check(["--fix"]);
  expect(stderr).toBe("Fixed 2 files.\n");
  expect(stdout).toMatch(/^No findings in 3 files/);
  expect(code).toBe(0);
  expect(await readCode(workspace)).toEqual({ "a.ts": "good;\n", "b/c.ts": "good;\r\n", "d.ts": "good;\n" });
});

test("what --fix cannot repair is reported where it is then, with exit code 1", async () => {
  await using workspace = await createWorkspace({ "a.ts": "broken; bad;\n" });
  const outcome = await workspace.check(["--fix", "--format", "json"]);
  expect(outcome.code).toBe(1);
  expect(JSON.parse(outcome.stdout).findings).toEqual([
    expect.objectContaining({ rule: "no-bad", line: 1, column: 7 }),
  ]);
});

test("fixes that undo each other come to an end, and the finding stays", async () => {
  await using workspace = await createWorkspace({ "a.ts": "ping;\n" });
  const outcome = await workspace.check(["--fix", "--format", "json"]);
  expect(outcome.code).toBe(1);
  expect(readRules(outcome)).toEqual(["no-endless"]);
});

test("--fix-dry-run prints a diff that git can apply, writes nothing, and ends as --fix would", async () => {
  const files = { "a.ts": "good;\nworst;\n", "b.ts": "bad;\n" };
  await using workspace = await createWorkspace(files);
  const { code, stdout, stderr } = await workspace.check(["--fix-dry-run"]);
  expect(stdout).toBe("--- a/a.ts\n+++ b/a.ts\n@@ -1,2 +1,2 @@\n good;\n-worst;\n+good;\n");
  expect(stderr).toMatch(/^Dry run: nothing was written\.\nb\.ts\n {2}1:1 {2}error.*1 error and 0 warnings/s);
  expect(code).toBe(1);
  expect(await readCode(workspace)).toEqual(files);

  await workspace.write({ "fix.patch": stdout });
  await workspace.git("apply", "fix.patch");
  expect(await readCode(workspace)).toEqual({ "a.ts": "good;\ngood;\n", "b.ts": "bad;\n" });
});

test("--fix-dry-run passes with exit code 0 when fixes would repair everything", async () => {
  await using workspace = await createWorkspace({ "a.ts": "broken;\n" });
  expect((await workspace.check(["--fix-dry-run"])).code).toBe(0);
});

test("the diff has colours where they are wanted", async () => {
  await using workspace = await createWorkspace({ "a.ts": "broken;\n" });
  const { stdout } = await workspace.check(["--fix-dry-run"], { env: { FORCE_COLOR: "1" } });
  expect(stdout).toContain("\u001B[31m-broken;\u001B[39m\n\u001B[32m+good;\u001B[39m");
});

test("in a workspace large enough for several processes every file is repaired once", async () => {
  const names = Array.from({ length: 220 }, (_, index) => `modules/m${index}/a.ts`);
  await using workspace = await createWorkspace(Object.fromEntries(names.map((name) => [name, "worst; bad;\n"])));
  const outcome = await workspace.check(["--fix", "--format", "json"]);
  expect(outcome.stderr).toBe("Fixed 220 files.\n");
  expect(new Set(readRules(outcome))).toEqual(new Set(["no-bad"]));
  expect(JSON.parse(outcome.stdout).summary.errors).toBe(220);
  expect(new Set(Object.values(await readCode(workspace)))).toEqual(new Set(["good; bad;\n"]));
});

test("a comment that silences nothing stays, whatever its form", async () => {
  const text = "// oxlint-disable-next-line phasewise/no-bad -- once\ngood;\nbroken;\n";
  await using workspace = await createWorkspace({ "a.ts": text });
  await workspace.check(["--fix"]);
  expect(await readCode(workspace)).toEqual({ "a.ts": text.replace("broken", "good") });
});

test("only what the paths name is repaired", async () => {
  await using workspace = await createWorkspace({ "a.ts": "broken;\n", "b/c.ts": "broken;\n" });
  await workspace.check(["--fix", "b"]);
  expect(await readCode(workspace)).toEqual({ "a.ts": "broken;\n", "b/c.ts": "good;\n" });
});

test("code behind a link that leads out of the workspace is left as it is", async () => {
  await using outside = await createFolder({ "a.ts": "broken;\n" });
  await using workspace = await createWorkspace({ "b.ts": "broken;\n" });
  await symlink(outside.path, join(workspace.path, "linked"));
  await workspace.check(["--fix"]);
  expect(await readCode(outside)).toEqual({ "a.ts": "broken;\n" });
  expect(await readCode(workspace)).toMatchObject({ "b.ts": "good;\n" });
});

test("a file keeps its mode, and no copy of the workspace stays behind", async () => {
  await using workspace = await createWorkspace({ "a.ts": "broken;\n" });
  await using temporary = await createFolder({});
  await chmod(join(workspace.path, "a.ts"), 0o755);
  await workspace.check(["--fix"], { env: { TMPDIR: temporary.path } });
  expect((await stat(join(workspace.path, "a.ts"))).mode & 0o777).toBe(0o755);
  expect(await readdir(temporary.path)).toEqual([]);
});

test("while another run changes the workspace nothing is repaired: exit code 2, and what to do", async () => {
  await using workspace = await createWorkspace({ "a.ts": "broken;\n", "z.ts": "broken;\n" });
  await workspace.write({ ".phasewise/journal.json": JSON.stringify({ pid: process.pid, folders: [], writes: [] }) });
  const { code, stdout, stderr } = await workspace.check(["--fix"]);
  expect(stderr).toMatch(/^Nothing was fixed: .*is changing this workspace.*Wait until it has ended/);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect(await readCode(workspace)).toEqual({ "a.ts": "broken;\n", "z.ts": "broken;\n" });
});

test.each([
  ["--fix beside --fix-dry-run", ["--fix", "--fix-dry-run"], /contradict each other/],
  ["--fix beside --staged", ["--fix", "--staged"], /Fix first, stage the files/],
])("%s is wrong usage: exit code 2 and a clear message", async (_, args, message) => {
  await using workspace = await createWorkspace({ "a.ts": "broken;\n" });
  const { code, stderr } = await workspace.check(args);
  expect(stderr).toMatch(message);
  expect(code).toBe(2);
});
