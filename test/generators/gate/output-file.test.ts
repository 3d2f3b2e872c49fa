import { mkdir, readFile, readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../temporary-folder.js";
import { createWorkspace } from "./workspace.js";

test("a report goes to a file as a whole, and one line about it to standard output", async () => {
  await using workspace = await createWorkspace({ "a.ts": "bad;\n", "reports/old.json": "{}" });
  const args = ["--format", "json", "--output-file", "reports/new.json"];
  const { code, stdout, stderr } = await workspace.check(args, { env: { FORCE_COLOR: "1" } });
  expect({ code, stdout, stderr }).toEqual({
    code: 1,
    stdout: "1 error and 0 warnings in 1 file. Report: reports/new.json\n",
    stderr: "",
  });
  expect(JSON.parse(await readFile(join(workspace.path, "reports/new.json"), "utf8")).findings).toHaveLength(1);
  expect(await readdir(join(workspace.path, "reports"))).toEqual(["new.json", "old.json"]);
});

test("the file may be outside of the workspace, and replaces the one before", async () => {
  await using outside = await temporaryFolder({ "report.xml": "old" });
  await using workspace = await createWorkspace({ "a.ts": "good;\n" });
  const file = join(outside.path, "report.xml");
  expect((await workspace.check(["--format", "junit", "--output-file", file])).code).toBe(0);
  expect(await readFile(file, "utf8")).toMatch(/^<\?xml [^]*<\/testsuites>\n$/);
});

test("a run that fails leaves no file, and the one before as it was", async () => {
  await using workspace = await createWorkspace({ "a.ts": "crash;\n", "reports/before.json": "before" });
  for (const name of ["before", "new"])
    expect((await workspace.check(["--output-file", `reports/${name}.json`])).code).toBe(3);
  expect(await readdir(join(workspace.path, "reports"))).toEqual(["before.json"]);
  expect(await readFile(join(workspace.path, "reports/before.json"), "utf8")).toBe("before");
});

test.each([
  ["a folder that does not exist", "nowhere/report.json", /nowhere does not exist\. Make it first/],
  ["a folder in place of the file", "reports", /--output-file reports: it is a folder/],
])("%s is wrong usage, told before anything is checked", async (_, file, message) => {
  await using workspace = await createWorkspace({ "a.ts": "crash;\n" });
  await mkdir(join(workspace.path, "reports"));
  const { code, stdout, stderr } = await workspace.check(["--output-file", file]);
  expect(stderr).toMatch(message);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

test.each([
  [["--format", "sarfi"], /There is no format sarfi\. Did you mean sarif\? The formats are pretty, json, sarif,/],
  [["--format", "json", "--format", "sarif"], /--format is given 2 times/],
  [["--output-file", "a", "--output-file", "b"], /--output-file is given 2 times/],
])("%j is wrong usage: exit code 2, a clear message and no report", async (args, message) => {
  await using workspace = await createWorkspace({ "a.ts": "bad;\n" });
  const { code, stdout, stderr } = await workspace.check(args);
  expect(stderr).toMatch(message);
  expect({ code, stdout }).toEqual({ code: 2, stdout: "" });
});

test("in a repository of several workspaces, reports for services name files from its root", async () => {
  await using repository = await createWorkspace({
    ".git/HEAD": "ref: refs/heads/main\n",
    "packages/shop/package.json": "{}",
    "packages/shop/a.ts": "bad;\n",
  });
  const options = { cwd: "packages/shop" };
  expect((await repository.check(["--format", "github"], options)).stdout).toContain("file=packages/shop/a.ts,");
  const [entry] = JSON.parse((await repository.check(["--format", "gitlab"], options)).stdout);
  expect(entry.location.path).toBe("packages/shop/a.ts");
  expect((await repository.check(["--format", "json"], options)).stdout).toContain('"file": "a.ts"');
});
