import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runProgram } from "./program.js";
import { emptyWorkspace, temporaryFolder, type Files } from "./temporary-folder.js";

const nodeModules = fileURLToPath(new URL("../../node_modules", import.meta.url));
const strict = {
  compilerOptions: { strict: true, module: "nodenext", target: "esnext", types: ["node"], skipLibCheck: true },
};
const typed = { ...emptyWorkspace, "tsconfig.json": JSON.stringify(strict) };
const notTheService = { "modules/orders/orders-service.ts": "export class Other {}\n" };

async function createOrders(files: Files, ...flags: readonly string[]) {
  await using folder = await temporaryFolder(files);
  await symlink(nodeModules, join(folder.path, "node_modules"), "junction");
  const args = ["create", "module", "orders", "--check-types", "--no-record", ...flags];
  const outcome = await runProgram("phasewise", args, { cwd: folder.path });
  return { ...outcome, files: await folder.files() };
}

describe("--check-types", { timeout: 60_000 }, () => {
  it("writes what has the right types, and leaves no trace of the check", async () => {
    const { exitCode, stderr, files } = await createOrders(typed);
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const made = ["module.ts", "orders-service.test.ts", "orders-service.ts"].map((name) => `modules/orders/${name}`);
    expect(Object.keys(files)).toEqual([...made, "package.json", "tsconfig.json"]);
  });

  it.each([[[]], [["--dry-run"]], [["--plan", "plan.json"]]])(
    "writes nothing when a type would be wrong, and says where: %j",
    async (flags) => {
      const { exitCode, stdout, stderr, files } = await createOrders(
        { ...typed, ...notTheService },
        "--on-conflict=skip",
        ...flags,
      );
      expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
      expect(stderr).toMatch(/^Nothing was written: the types of the workspace would not be right\.\n/);
      expect(stderr).toMatch(/^ {2}modules\/orders\/module\.ts:2:10 types\/TS2305: .*OrdersService/m);
      expect(files).toEqual({ ...typed, ...notTheService });
    },
  );

  it("needs a tsconfig.json", async () => {
    const { exitCode, stderr, files } = await createOrders(emptyWorkspace);
    expect(exitCode).toBe(2);
    expect(stderr).toMatch(/^--check-types checks what a tsconfig\.json names, and .* has none/);
    expect(stderr).not.toContain("phasewise-copy");
    expect(files).toEqual(emptyWorkspace);
  });

  it("is not for a new application, which has no packages yet", async () => {
    await using folder = await temporaryFolder();
    const args = ["create", "app", "shop", "--check-types"];
    expect(await runProgram("phasewise", args, { cwd: folder.path })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("Leave it out"),
    });
  });
});
