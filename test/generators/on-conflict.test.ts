import { rm } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runProgram } from "./program.js";
import { emptyWorkspace, temporaryFolder } from "./temporary-folder.js";

const inTheWay = { "modules/orders/orders-service.ts": "export const mine = 1;\n" };
const addOrders = ["create", "module", "orders"];

async function createOrders(...flags: readonly string[]) {
  await using folder = await temporaryFolder({ ...emptyWorkspace, ...inTheWay });
  const outcome = await runProgram("phasewise", [...addOrders, ...flags], { cwd: folder.path });
  return { ...outcome, files: await folder.files() };
}

describe("--on-conflict", () => {
  it.each([[], ["--on-conflict", "abort"]])("writes nothing where a file is in the way: %j", async (...flags) => {
    const { exitCode, stderr, files } = await createOrders(...flags);
    expect({ exitCode, stderr }).toEqual({
      exitCode: 1,
      stderr: "Nothing was written: modules/orders/orders-service.ts exists already.\n",
    });
    expect(files).toEqual({ ...emptyWorkspace, ...inTheWay });
  });

  it("skip keeps the file, and writes the others", async () => {
    const { exitCode, stdout, files } = await createOrders("--on-conflict", "skip", "--json");
    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      created: ["modules/orders/module.ts", "modules/orders/orders-service.test.ts"],
      unchanged: ["modules/orders/orders-service.ts"],
    });
    expect(files).toMatchObject(inTheWay);
  });

  it("overwrite puts the new file in its place", async () => {
    const { stdout, files } = await createOrders("--on-conflict", "overwrite");
    expect(stdout).toContain("  edit   modules/orders/orders-service.ts\n");
    expect(files["modules/orders/orders-service.ts"]).toContain("export class OrdersService");
  });

  it("merge leaves conflict markers, and says where", async () => {
    const { exitCode, stderr, files } = await createOrders("--on-conflict", "merge");
    expect({ exitCode, stderr }).toEqual({
      exitCode: 0,
      stderr: "Resolve the conflict markers in modules/orders/orders-service.ts.\n",
    });
    expect(files["modules/orders/orders-service.ts"]).toMatch(
      /^<<<<<<< modules\/orders\/orders-service\.ts\nexport const mine = 1;\n=======\nimport .*>>>>>>> new\n$/s,
    );
  });

  it("merge goes three ways where it is recorded what was generated: what is the user's stays", async () => {
    await using folder = await temporaryFolder(emptyWorkspace);
    await runProgram("phasewise", addOrders, { cwd: folder.path });
    const file = "modules/orders/orders-service.ts";
    const changed = (await folder.files())[file]!.replace("EMPTY_NAME", "BLANK_NAME");
    await folder.write({ [file]: changed });
    await rm(join(folder.path, "modules/orders/module.ts"));

    const outcome = await runProgram("phasewise", [...addOrders, "--on-conflict", "merge"], { cwd: folder.path });
    expect(outcome).toMatchObject({ exitCode: 0, stderr: "" });
    expect((await folder.files())[file]).toBe(changed);
  });

  it("decides about the files of a module that exists already, which is refused otherwise, with a way out", async () => {
    const present = { ...emptyWorkspace, ...inTheWay, "modules/orders/module.ts": "// mine\n" };
    await using folder = await temporaryFolder(present);
    const run = (...flags: string[]) => runProgram("phasewise", [...addOrders, ...flags], { cwd: folder.path });
    for (const flags of [[], ["--on-conflict", "abort"]]) {
      expect(await run(...flags)).toMatchObject({
        exitCode: 1,
        stderr:
          "The module orders exists already (modules/orders/module.ts). Choose another id, or add to it with phasewise create " +
          "service <name> --module orders. To have its files kept, replaced or merged: --on-conflict skip, overwrite or merge.\n",
      });
    }
    expect(await folder.files()).toEqual(present);

    expect(await run("--on-conflict", "skip")).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await folder.files()).toMatchObject(present);
    expect((await run("--on-conflict", "merge")).stderr).toContain("conflict markers in modules/orders/module.ts.");
    expect((await run("--on-conflict", "overwrite")).exitCode).toBe(0);
    expect((await folder.files())["modules/orders/module.ts"]).toMatch(/^import /);
  });

  it("decides about the files in the folder of a new application, too", async () => {
    await using folder = await temporaryFolder({ "shop/README.md": "mine\n", "shop/notes.md": "mine\n" });
    const run = (...flags: string[]) =>
      runProgram("phasewise", ["create", "app", "shop", ...flags], { cwd: folder.path });
    expect(await run()).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("--on-conflict skip") });
    expect(await run("--on-conflict", "skip")).toMatchObject({ exitCode: 0 });
    const files = await folder.files();
    expect(files).toMatchObject({ "shop/README.md": "mine\n", "shop/notes.md": "mine\n" });
    expect(Object.keys(files)).toContain("shop/src/main.ts");
  });

  it("ask needs a terminal", async () => {
    const { exitCode, stderr } = await createOrders("--on-conflict", "ask");
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr: "--on-conflict ask needs a terminal to ask on. Choose one of: skip, overwrite, merge, abort.\n",
    });
  });

  it("names the choices when it is given another", async () => {
    const { exitCode, stderr } = await createOrders("--on-conflict", "burn");
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`"skip", "overwrite", "merge", "abort"`);
  });
});
