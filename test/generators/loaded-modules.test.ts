import { execFile } from "node:child_process";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { emptyWorkspace, temporaryFolder } from "./temporary-folder.js";

const pathOf = (path: string) => fileURLToPath(new URL(path, import.meta.url));
const preload = new URL("loaded-modules.mjs", import.meta.url).href;

/** The packages that a run of `phasewise` loads. */
async function loadedBy(args: readonly string[], cwd: string): Promise<string[]> {
  const program = pathOf("../../src/generators/dist/phasewise.js");
  const { stderr } = await promisify(execFile)(process.execPath, ["--import", preload, program, ...args], { cwd });
  expect(stderr).toContain("generators/dist/phasewise.js");
  const packages = [...stderr.matchAll(/^loaded .*\/node_modules\/((?:@[^/]+\/)?[^/\n]+)/gm)].map(([, name]) => name!);
  return [...new Set(packages)].sort();
}

describe("a run without prompts", () => {
  it("that only makes files loads no package at all", async () => {
    await using folder = await temporaryFolder(emptyWorkspace);
    expect(await loadedBy(["create", "module", "orders", "--no-record"], folder.path)).toEqual([]);
  });

  it("that edits code loads what edits, and neither prompts nor a formatter", async () => {
    await using folder = await temporaryFolder(emptyWorkspace);
    await loadedBy(["create", "module", "orders"], folder.path);
    const loaded = await loadedBy(["create", "service", "mailer", "--module", "orders"], folder.path);
    expect(loaded).toEqual(expect.arrayContaining(["magic-string", "ts-morph"]));
    expect(loaded.filter((name) => /inquirer|plop|prettier|jiti/.test(name))).toEqual([]);
  });

  it("loads Prettier where the workspace has it", async () => {
    const manifest = { dependencies: { "@phasewise/runtime": "*" }, devDependencies: { prettier: "*" } };
    await using folder = await temporaryFolder({ "package.json": JSON.stringify(manifest) });
    await symlink(pathOf("../../node_modules"), join(folder.path, "node_modules"), "junction");
    expect(await loadedBy(["create", "module", "orders", "--no-record"], folder.path)).toContain("prettier");
  });
});
