import { spawn } from "node:child_process";
import { readdir, readFile } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, test } from "vitest";
import { temporaryFolder } from "../temporary-folder.js";
import { createWorkspace } from "./workspace.js";

const program = fileURLToPath(new URL("../../../src/generators/dist/phasewise.js", import.meta.url));

describe("the temporary folder is empty after", () => {
  test.each([
    ["a run without findings", { "a.ts": "good;\n" }, 0],
    ["a run with findings", { "a.ts": "bad;\n" }, 1],
    ["a broken configuration", { "phasewise.config.json": "{" }, 2],
  ])("%s", async (_, files, expected) => {
    await using temporary = await temporaryFolder();
    await using workspace = await createWorkspace(files);
    const before = await readdir(workspace.path);
    const { code } = await workspace.check([], { env: { TMPDIR: temporary.path } });
    expect(code).toBe(expected);
    expect(await readdir(temporary.path)).toEqual([]);
    expect(await readdir(workspace.path)).toEqual(before);
  });

  test.each(["SIGINT", "SIGTERM", "SIGHUP"] as const)("%s in the middle of a run, which ends by it", async (signal) => {
    await using temporary = await temporaryFolder();
    await using workspace = await createWorkspace({
      "a.ts": "bad;\n",
      "node_modules/@phasewise/eslint-plugin/dist/plugin.js":
        'console.error("begun");\nawait new Promise(() => setInterval(() => {}, 1000));\n',
    });
    const child = spawn(process.execPath, [program, "check"], {
      cwd: workspace.path,
      env: { PATH: process.env["PATH"], TMPDIR: temporary.path },
      stdio: ["ignore", "ignore", "pipe"],
    });
    const exited = new Promise((resolve) => child.once("exit", (code, by) => resolve({ code, by })));
    const begun = new Promise<void>((resolve) => {
      child.stderr.on("data", (text: Buffer) => {
        if (text.includes("begun")) resolve();
      });
    });
    await begun;
    expect(await readdir(temporary.path)).not.toEqual([]);
    child.kill(signal);
    expect(await exited).toEqual({ code: null, by: signal });
    expect(await readdir(temporary.path)).toEqual([]);
  });
});

test("a failure of the gate leaves a file for a bug report, and no stack on the terminal", async () => {
  await using temporary = await temporaryFolder();
  await using workspace = await createWorkspace({ "modules/a.ts": "crash;\n" });
  const env = { TMPDIR: temporary.path, API_TOKEN: "xoxo-secret" };
  const { code, stderr } = await workspace.check(["--format", "json", "--rule", "no-bad=warn"], { env });
  expect(code).toBe(3);
  expect(stderr).not.toMatch(/^\s+at /m);
  const [file = "", ...others] = await readdir(temporary.path);
  expect(others).toEqual([]);
  expect(stderr.trimEnd().split("\n").at(-1)).toBe(`To report a bug, attach ${join(temporary.path, file)}`);

  const report = await readFile(join(temporary.path, file), "utf8");
  expect(report).toMatch(/^phasewise \d+\.\d+\.\d+ on Node v\d+/);
  expect(report).toMatch(/^oxlint \d+/m);
  expect(report).toContain('arguments: ["check","--format","json","--rule","no-bad=warn"]');
  expect(report).toMatch(/out of ideas[\s\S]*^ +at /m);
  expect(report).not.toContain("xoxo-secret");
});

test("a defect of the program is told as one, with its file", async () => {
  await using temporary = await temporaryFolder();
  await using workspace = await createWorkspace({ "a.ts": "bad;\n" });
  const { code, stdout, stderr } = await workspace.check([], { env: { TMPDIR: join(temporary.path, "nowhere") } });
  expect(stderr).toMatch(/^This is a defect of Phasewise: ENOENT/);
  expect(stderr).not.toMatch(/^\s+at /m);
  expect({ code, stdout }).toEqual({ code: 3, stdout: "" });
});
