import { readdir } from "node:fs/promises";
import { join } from "node:path";
import { expect, test } from "vitest";
import { temporaryFolder } from "../temporary-folder.js";
import { blockingFiles, createRealWorkspace } from "./real-plugin.js";

interface Entry {
  readonly file: string;
  readonly path: readonly string[];
  readonly steps: readonly { name: string; file: string; line: number; column: number }[];
}

function places({ steps }: Entry): string[] {
  return steps.map(({ name, file, line, column }) => `${name} ${file}:${line}:${column}`);
}

test("a finding has the places of its way, and a direct one its own", async () => {
  await using workspace = await createRealWorkspace(blockingFiles);
  const { code, stdout, stderr } = await workspace.check(["--format", "json"]);
  const [render, template]: Entry[] = JSON.parse(stdout).findings;

  expect({ code, stderr }).toEqual({ code: 1, stderr: "" });
  expect(render!.path).toEqual(["readTemplate", "readText", "fs.readFileSync"]);
  expect(places(render!)).toEqual([
    "readTemplate modules/billing/render.ts:4:20",
    "readText modules/billing/template.ts:4:31",
    "fs.readFileSync modules/billing/template.ts:8:10",
  ]);
  expect(template!.path).toEqual(["fs.readFileSync"]);
  expect(places(template!)).toEqual(["fs.readFileSync modules/billing/template.ts:8:10"]);
});

test("places are those of an editor behind a byte order mark and emoji", async () => {
  await using workspace = await createRealWorkspace({
    "a.ts": '\uFEFFimport { existsSync } from "node:fs";\nexport const smile = ["😀", existsSync("a")];\n',
  });
  const { findings } = JSON.parse((await workspace.check(["--format", "json"])).stdout);
  expect(findings.map(places)).toEqual([["fs.existsSync a.ts:2:29"]]);
});

test("in a workspace large enough for several processes every finding has its way", async () => {
  const folders = Array.from({ length: 110 }, (_, index) => `modules/m${index}`);
  const files = folders.flatMap((folder) =>
    Object.entries(blockingFiles).map(([file, text]) => [file.replace("modules/billing", folder), text] as const),
  );
  await using workspace = await createRealWorkspace(Object.fromEntries(files));
  const { findings } = JSON.parse((await workspace.check(["--format", "json"])).stdout);
  expect(findings).toHaveLength(220);
  expect(findings.filter(({ steps }: Entry) => steps.length === 0)).toEqual([]);
});

test("what the plugin notes for the gate is removed, also when the gate fails", async () => {
  await using temporary = await temporaryFolder();
  const env = { TMPDIR: temporary.path };
  await using workspace = await createRealWorkspace(blockingFiles);
  await workspace.check([], { env });
  await workspace.write({ "modules/deep.ts": `${"a + ".repeat(5000)}a;\n` });
  expect((await workspace.check([], { env })).code).toBe(3);
  const left = await readdir(temporary.path);
  expect(left.filter((name) => !/^phasewise-failure-.*\.txt$/.test(name))).toEqual([]);
});

test("--timings tells the times by stage and rule on stderr, and the report stays as it is", async () => {
  await using workspace = await createRealWorkspace(blockingFiles);
  const { stdout, stderr } = await workspace.check(["--timings", "--format", "github"]);
  expect(stdout.split("\n").at(-2)).toBe("2 errors and 0 warnings in 2 files.");
  expect(stderr).toMatch(/^Stages:\n {2}start +\d+\.\d ms\n(?: {2}\S.*\n)*? {2}lint +\d+\.\d ms\n/);
  expect(stderr).toMatch(/\nWithin lint:\n {2}native checker +\d+\.\d ms\n {2}call graph +\d+\.\d ms\n/);
  expect(stderr).toMatch(/\n {2}no-sync-io +\d+\.\d ms\n/);
});

test("--timings is a part of the JSON report, and nothing is measured without it", async () => {
  await using workspace = await createRealWorkspace(blockingFiles);
  const [measured, plain] = await Promise.all([
    workspace.check(["--timings", "--format", "json"]),
    workspace.check(["--format", "json"]),
  ]);
  const { timings } = JSON.parse(measured.stdout);
  expect(timings.stages).toMatchObject({ start: expect.any(Number), lint: expect.any(Number) });
  expect(timings.lint).toMatchObject({ processes: 1, rules: { "no-sync-io": expect.any(Number) } });
  expect(measured.stderr).toBe("");
  expect(JSON.parse(plain.stdout)).not.toHaveProperty("timings");
});

test("the pretty report names the rule's page, which is there", async () => {
  await using workspace = await createRealWorkspace(blockingFiles);
  const { stdout } = await workspace.check();
  const [, page] = /^ {2}no-sync-io +(\S+)$/m.exec(stdout)!;
  expect(await readdir(join(page!, ".."))).toContain("no-sync-io.md");
});
