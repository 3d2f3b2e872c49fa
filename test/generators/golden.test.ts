import { execFile } from "node:child_process";
import { rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { catalog } from "../../src/generators/catalog.js";
import type { Generator } from "../../src/generators/define-generator.js";
import { generate } from "../../src/generators/generate.js";
import { runProgram } from "./program.js";
import { runSteps, sampleGround } from "./sample-ground.js";
import { readFiles, temporaryFolder, writeFiles, type Files } from "./temporary-folder.js";

const golden = fileURLToPath(new URL("golden/", import.meta.url));
const { resolve } = createRequire(import.meta.url);
const tsc = join(dirname(resolve("@typescript/native/package.json")), "bin/tsc");
const vitest = join(dirname(resolve("vitest/package.json")), "vitest.mjs");
const run = promisify(execFile);

describe.each(catalog)("the golden tree of $name", (generator) => {
  const tree = join(golden, generator.name);

  it("is what the generator makes of its sample", async () => {
    const made = await renderSample(generator);
    if (process.env["UPDATE_GOLDEN"] === "1") await replaceTree(tree, made);
    expect(made).toEqual(await readFiles(tree));
  });

  it("type-checks", async () => {
    await run(process.execPath, [tsc, "-p", tree, "--noEmit"]);
  });

  it("passes the gate", async () => {
    const { exitCode, stdout } = await runProgram("phasewise", ["check", "--format", "json"], { cwd: tree });
    const { findings, summary } = JSON.parse(stdout) as { findings: unknown[]; summary: { files: number } };
    expect({ exitCode, findings }).toEqual({ exitCode: 0, findings: [] });
    expect(summary.files).toBeGreaterThanOrEqual(3);
  });
});

describe("the golden trees", () => {
  it("pass the tests that were generated with them", async () => {
    const config = fileURLToPath(new URL("golden.vitest.config.ts", import.meta.url));
    const args = ["run", "--config", config, "--root", golden, "--reporter", "json"];
    const { stdout } = await run(process.execPath, [vitest, ...args]);
    expect(JSON.parse(stdout)).toMatchObject({ success: true, numPassedTests: 123, numPendingTests: 0 });
  });
});

async function renderSample(generator: Generator): Promise<Files> {
  const { files, steps } = sampleGround[generator.name]!;
  await using folder = await temporaryFolder(files);
  await runSteps(folder.path, steps);
  const answers =
    "folder" in generator.sample ? { ...generator.sample, folder: join(folder.path, "demo") } : generator.sample;
  const root = generator.newWorkspace?.(answers) ?? folder.path;
  await generate(generator, answers, { root });
  return await readFiles(root);
}

async function replaceTree(tree: string, files: Files): Promise<void> {
  await rm(tree, { recursive: true, force: true });
  await writeFiles(tree, files);
}
