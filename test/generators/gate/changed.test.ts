import { chmod, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { expect, test } from "vitest";
import { type Outcome, type Workspace, createFolder, createRepository, createWorkspace } from "./workspace.js";

/** The findings as `rule file:line`. */
function summarize({ stdout }: Outcome): string[] {
  const { findings } = JSON.parse(stdout) as { findings: { rule: string; file: string; line: number }[] };
  return findings.map(({ rule, file, line }) => `${rule} ${file}:${line}`);
}

const json = ["--format", "json"];
const nodeModules = fileURLToPath(new URL("../../../node_modules", import.meta.url));

async function link(target: string, { path }: Workspace, name: string): Promise<void> {
  await mkdir(dirname(join(path, name)), { recursive: true });
  await symlink(target, join(path, name), "junction");
}

test("--changed reports the findings in files that were changed or are new to git, and no others", async () => {
  await using workspace = await createRepository({ "a.ts": "bad;\n", "b.ts": "good;\n", "c.ts": "bad;\n" });
  await workspace.write({ "b.ts": "bad;\n", "c.ts": "good;\nbad;\n", "d e/ü.ts": "bad;\n" });
  const outcome = await workspace.check([...json, "--changed"]);
  expect(summarize(outcome)).toEqual(["no-bad b.ts:1", "no-bad c.ts:2", "no-bad d e/ü.ts:1"]);
  expect(outcome.code).toBe(1);
});

test("a change is answerable for the findings that it causes in other files, and not for those that were there", async () => {
  await using workspace = await createRepository({
    "a.ts": "bad; remote;\n",
    "source.ts": "good;\n",
    "b.ts": "bad;\n",
  });
  await workspace.write({ "source.ts": "danger;\n" });
  expect(summarize(await workspace.check([...json, "--changed"]))).toEqual(["no-remote a.ts:1"]);
});

test("a file that is removed or renamed is answerable for what that causes elsewhere", async () => {
  await using workspace = await createRepository({
    "a.ts": "remote; bad;\n",
    "old.ts": "danger;\n",
    "b/c.ts": "bad;\n",
  });
  await workspace.git("mv", "old.ts", "source.ts");
  expect(summarize(await workspace.check([...json, "--changed"]))).toEqual(["no-remote a.ts:1"]);
  await workspace.git("commit", "--quiet", "--message", "Rename");
  await workspace.write({ "source.ts": undefined, "b/c.ts": undefined });
  const { code, stdout } = await workspace.check([...json, "--changed"]);
  expect({ code, findings: JSON.parse(stdout).findings }).toEqual({ code: 0, findings: [] });
});

test("--changed goes back to where the branch left the default branch", async () => {
  await using workspace = await createRepository({ "a.ts": "bad;\n", "b.ts": "good;\n", "c.ts": "good;\n" });
  await workspace.git("checkout", "--quiet", "-b", "feature");
  await workspace.write({ "b.ts": "bad;\n" });
  await workspace.git("commit", "--all", "--quiet", "--message", "Change b");
  await workspace.git("checkout", "--quiet", "main");
  await workspace.write({ "c.ts": "bad;\n" });
  await workspace.git("commit", "--all", "--quiet", "--message", "Change c");
  await workspace.git("checkout", "--quiet", "feature");
  expect(summarize(await workspace.check([...json, "--changed"]))).toEqual(["no-bad b.ts:1"]);
  expect(summarize(await workspace.check([...json, "--changed", "main"]))).toEqual(["no-bad b.ts:1"]);
  expect(summarize(await workspace.check([...json, "--changed", "HEAD"]))).toEqual([]);
});

test("--staged checks what is to be committed, not what is on the disk", async () => {
  await using workspace = await createRepository({ "a.ts": "good;\n", "b.ts": "good;\n", "c.ts": "bad;\n" });
  await workspace.write({ "a.ts": "bad;\n", "b.ts": "bad;\n", "new.ts": "bad;\n" });
  await workspace.git("add", "a.ts");
  await workspace.write({ "a.ts": "good;\n", "untracked.ts": "bad;\n" });
  expect(summarize(await workspace.check([...json, "--staged"]))).toEqual(["no-bad a.ts:1"]);
  expect(summarize(await workspace.check([...json, "--changed", "--staged"]))).toEqual(["no-bad a.ts:1"]);
});

test("a staged change is answerable for what it causes elsewhere; one that is not staged counts for nothing", async () => {
  await using workspace = await createRepository({ "a.ts": "remote;\n", "source.ts": "good;\n" });
  await workspace.write({ "source.ts": "danger;\n" });
  expect(summarize(await workspace.check([...json, "--staged"]))).toEqual([]);
  await workspace.git("add", "source.ts");
  await workspace.write({ "source.ts": "good;\n" });
  expect(summarize(await workspace.check([...json, "--staged"]))).toEqual(["no-remote a.ts:1"]);
});

test("before the first commit everything is a change", async () => {
  await using workspace = await createWorkspace({
    ".gitignore": "node_modules/\n",
    "a.ts": "bad;\n",
    "b.ts": "bad;\n",
  });
  await workspace.git("init", "--quiet");
  await workspace.git("add", "a.ts");
  expect(summarize(await workspace.check([...json, "--changed"]))).toEqual(["no-bad a.ts:1", "no-bad b.ts:1"]);
  expect(summarize(await workspace.check([...json, "--staged"]))).toEqual(["no-bad a.ts:1"]);
});

test("a workspace below the repository's root sees its own files", async () => {
  await using workspace = await createRepository({
    "app/package.json": "{}",
    "app/a.ts": "good;\n",
    "app/c.ts": "remote;\n",
    "app/source.ts": "good;\n",
    "b.ts": "good;\n",
  });
  await workspace.write({ "app/a.ts": "bad;\n", "b.ts": "bad;\n", "app/source.ts": "danger;\n" });
  const findings = summarize(await workspace.check([...json, "--changed"], { cwd: "app" }));
  expect(findings).toEqual(["no-bad a.ts:1", "no-remote c.ts:1"]);
});

test("--fix --changed repairs the files that were changed alone", async () => {
  await using workspace = await createRepository({ "a.ts": "broken;\n", "b.ts": "good;\n" });
  await workspace.write({ "b.ts": "broken;\n" });
  const { stderr } = await workspace.check(["--fix", "--changed"]);
  expect(stderr).toBe("Fixed 1 file.\n");
  expect(await workspace.git("diff", "--name-only")).toBe("");
});

test("as a pre-commit hook it stops a commit that has findings, and lets another one pass", async () => {
  await using workspace = await createRepository({ "a.ts": "good;\n" });
  const program = new URL("../../../src/generators/dist/phasewise.js", import.meta.url).pathname;
  const hook = join(workspace.path, ".git/hooks/pre-commit");
  await mkdir(join(workspace.path, ".git/hooks"), { recursive: true });
  await writeFile(hook, `#!/bin/sh\nexec "${process.execPath}" "${program}" check --changed --staged >&2\n`);
  await chmod(hook, 0o755);

  await workspace.write({ "a.ts": "bad;\n", "b.ts": "good;\n" });
  await workspace.git("add", "b.ts");
  await workspace.git("commit", "--quiet", "--message", "Add b");
  await expect(workspace.git("commit", "--all", "--quiet", "--message", "Change a")).rejects.toThrow(/no-bad/);
  expect(await workspace.git("log", "--format=%s")).toBe("Add b\nBegin\n");
});

test.each(["main worktree", "linked worktree"])("a hook sees a workspace below the root of a %s", async (kind) => {
  await using workspace = await createRepository({ "README.md": "Shop\n" });
  await using linked = await createFolder({});
  const { path } = kind === "main worktree" ? workspace : linked;
  if (path === linked.path) await workspace.git("worktree", "add", "--quiet", path, "-b", "linked");
  const program = fileURLToPath(new URL("../../../src/generators/dist/phasewise.js", import.meta.url));
  const hook = join(workspace.path, ".git/hooks/pre-commit");
  await mkdir(dirname(hook), { recursive: true });
  const command = `"${process.execPath}" "${program}" check --staged --format json > ../report.json`;
  await writeFile(hook, `#!/bin/sh\ncd app && ${command}\n`, { mode: 0o755 });

  const here = path === linked.path ? linked : workspace;
  await mkdir(join(path, "app"));
  await writeFile(join(path, "app/package.json"), "{}");
  await writeFile(join(path, "app/a.ts"), "bad;\n");
  await symlink(join(workspace.path, "node_modules"), join(path, "app/node_modules"), "junction");
  await here.git("add", "app/a.ts", "app/package.json");
  await writeFile(join(path, "app/a.ts"), "good;\n");
  await expect(here.git("commit", "--quiet", "--message", "Add app")).rejects.toThrow();
  const stdout = await readFile(join(path, "report.json"), "utf8");
  expect(summarize({ code: 1, stdout, stderr: "" })).toEqual(["no-bad a.ts:1"]);
});

test("a change of a package is answerable for what it causes in another one that has it as a dependency", async () => {
  const callee = (call: string) => `import * as fs from "node:fs";\nexport const load = () => ${call};\n`;
  await using workspace = await createFolder({
    ".gitignore": "node_modules/\n",
    "package.json": '{ "type": "module" }',
    "tsconfig.json": '{ "compilerOptions": { "module": "nodenext", "types": ["node"] } }',
    "packages/a/package.json": '{ "name": "@acme/a", "type": "module", "exports": "./index.ts" }',
    "packages/a/index.ts": callee("1"),
    "packages/b/index.ts": 'import { load } from "@acme/a";\nexport const run = async () => load();\n',
  });
  for (const name of ["@phasewise", "@types"]) await link(join(nodeModules, name), workspace, `node_modules/${name}`);
  await link(join(workspace.path, "packages/a"), workspace, "node_modules/@acme/a");
  await workspace.git("init", "--quiet");
  await workspace.git("add", ".");
  await workspace.git("commit", "--quiet", "--message", "Begin");
  expect(summarize(await workspace.check([...json, "--changed"]))).toEqual([]);
  await workspace.write({ "packages/a/index.ts": callee('fs.readFileSync("a")') });
  const found = ["no-sync-io packages/a/index.ts:2", "no-sync-io packages/b/index.ts:2"];
  expect(summarize(await workspace.check([...json, "--changed"]))).toEqual(found);
});

test("a ref that does not exist is wrong usage, and the message tells what to do", async () => {
  await using workspace = await createRepository({ "a.ts": "good;\n" });
  const { code, stdout, stderr } = await workspace.check(["--changed", "nowhere"]);
  expect(stderr).toMatch(/^git knows no commit "nowhere".*fetch-depth: 0.*put the paths/s);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
  expect((await workspace.check(["--changed=--help"])).code).toBe(2);
});

test.each(["--changed", "--staged"])("%s without a repository, or without git, is wrong usage", async (flag) => {
  await using workspace = await createWorkspace({ "a.ts": "good;\n" });
  const outside = await workspace.check([flag], { env: { GIT_CEILING_DIRECTORIES: join(workspace.path, "..") } });
  expect(outside.stderr).toMatch(/is in no git repository/);
  const missing = await workspace.check([flag], { env: { PATH: workspace.path } });
  expect(missing.stderr).toMatch(/^git was not found.*Install it/);
  expect([outside.code, missing.code]).toEqual([2, 2]);
});
