import { execFile } from "node:child_process";
import { symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runProgram } from "./program.js";
import { emptyWorkspace, temporaryFolder, type Files } from "./temporary-folder.js";

const nodeModules = fileURLToPath(new URL("../../node_modules", import.meta.url));
const plop = join(dirname(createRequire(import.meta.url).resolve("plop/package.json")), "bin/plop.js");
const plopfile = { "plopfile.mjs": `export default async (plop) => { await plop.load("phasewise"); };\n` };

async function open(files: Files = {}) {
  const folder = await temporaryFolder({ ...emptyWorkspace, ...plopfile, ...files });
  await symlink(nodeModules, join(folder.path, "node_modules"), "junction");
  return folder;
}

function runPlop(args: readonly string[], cwd: string): Promise<{ exitCode: number; output: string }> {
  return new Promise((resolve) => {
    const child = execFile(process.execPath, [plop, ...args], { cwd }, (_, stdout, stderr) => {
      resolve({ exitCode: child.exitCode ?? -1, output: stdout + stderr });
    });
    child.stdin?.end();
  });
}

describe('plop.load("phasewise")', () => {
  it("makes with plop what phasewise create makes", async () => {
    await using one = await open();
    await using other = await temporaryFolder(emptyWorkspace);
    await runProgram("create-module", ["orders"], { cwd: other.path });
    await runProgram("create-module", ["billing", "--depends-on", "orders"], { cwd: other.path });

    const first = await runPlop(["module", "orders", "--", "--dependsOn", ""], one.path);
    expect(first).toMatchObject({ exitCode: 0, output: expect.stringContaining("create modules/orders/module.ts") });
    expect(await runPlop(["module", "billing", "orders"], one.path)).toMatchObject({ exitCode: 0 });

    const made = Object.entries(await one.files()).filter(([path]) => path.startsWith("modules/"));
    const expected = Object.entries(await other.files()).filter(([path]) => path.startsWith("modules/"));
    expect(Object.fromEntries(made)).toEqual(Object.fromEntries(expected));
  });

  it("refuses an answer as it is given, and changes nothing", async () => {
    await using folder = await open();
    const { exitCode, output } = await runPlop(["module", "1abc", ""], folder.path);
    expect(exitCode).toBe(1);
    expect(output).toContain('"1abc" is not a module id');
    expect(Object.keys(await folder.files()).filter((path) => path.startsWith("modules/"))).toEqual([]);
  });

  it("writes all or nothing when a file is in the way", async () => {
    await using folder = await open({ "modules/orders/orders-service.ts": "mine\n" });
    const { exitCode, output } = await runPlop(["module", "orders", ""], folder.path);
    expect(exitCode).toBe(1);
    expect(output).toContain("modules/orders/orders-service.ts exists already");
    expect(Object.keys(await folder.files()).filter((path) => path.startsWith("modules/"))).toEqual([
      "modules/orders/orders-service.ts",
    ]);
  });

  it("edits existing code as phasewise create does", async () => {
    await using folder = await open();
    await runProgram("create-module", ["orders"], { cwd: folder.path });
    const { exitCode, output } = await runPlop(["service", "mailer", "orders"], folder.path);
    expect({ exitCode, output }).toMatchObject({
      exitCode: 0,
      output: expect.stringContaining("edit modules/orders/"),
    });
    expect((await folder.files())["modules/orders/module.ts"]).toContain('registerService("orders.mailer"');
  });
});
