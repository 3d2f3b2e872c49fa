import { execFile } from "node:child_process";
import { symlink } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { describe, expect, it } from "vitest";
import { runProgram } from "./program.js";
import { runSteps, workspace, type Step } from "./sample-ground.js";
import { temporaryFolder } from "./temporary-folder.js";

const { resolve } = createRequire(import.meta.url);
const tsc = join(dirname(resolve("@typescript/native/package.json")), "bin/tsc");
const vitest = join(dirname(resolve("vitest/package.json")), "vitest.mjs");
/** For an embedded database that starts on a busy machine. */
const patience = ["--testTimeout=60000", "--hookTimeout=60000"];
const modulesOfRepository = fileURLToPath(new URL("../../node_modules", import.meta.url));
const run = promisify(execFile);

const database: Step = ["platform", { service: "database", adapter: "pglite", id: undefined }];
const settings: Step = ["platform", { service: "settings", adapter: "database", id: undefined }];

describe("settings in the database of the platform", () => {
  it("type-check beside it, have no finding under strict, and pass their tests", async () => {
    await using folder = await temporaryFolder({
      ...workspace,
      "phasewise.config.js": `export default { extends: "strict" };\n`,
    });
    await symlink(modulesOfRepository, join(folder.path, "node_modules"));
    await runSteps(folder.path, [database, settings]);
    await run(process.execPath, [tsc, "-p", folder.path, "--noEmit"]);
    const { exitCode, stdout } = await runProgram("phasewise", ["check"], { cwd: folder.path });
    expect({ exitCode, stdout }).toMatchObject({ exitCode: 0 });
    await run(process.execPath, [vitest, "run", "--root", folder.path, ...patience, "settings-service"]);
  });

  it("are refused where there is no database, and nothing is written", async () => {
    await using folder = await temporaryFolder(workspace);
    await expect(runSteps(folder.path, [settings])).rejects.toThrow("core.database");
    expect(await folder.files()).toEqual(workspace);
  });
});
