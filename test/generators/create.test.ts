import { mkdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { version } from "../../src/generators/release.js";
import { runProgram } from "./program.js";
import { emptyWorkspace, temporaryFolder } from "./temporary-folder.js";

const moduleFiles = ["module.ts", "orders-service.test.ts", "orders-service.ts"].map(
  (name) => `modules/orders/${name}`,
);

describe("create-module", () => {
  it("is phasewise create module under its own name", async () => {
    await using one = await temporaryFolder(emptyWorkspace);
    await using other = await temporaryFolder(emptyWorkspace);
    expect(await runProgram("create-module", ["orders"], { cwd: one.path })).toMatchObject({ exitCode: 0, stderr: "" });
    expect(await runProgram("phasewise", ["create", "module", "orders"], { cwd: other.path })).toMatchObject({
      exitCode: 0,
    });

    expect(await one.files()).toEqual(await other.files());
    const record = expect.stringMatching(/^\.phasewise\/generations\/0001-module-orders-[0-9a-f]{8}\.record$/);
    expect(Object.keys(await one.files())).toEqual([record, ...moduleFiles, "package.json"]);
  });

  it("works from any folder of the workspace, and from outside with --cwd", async () => {
    await using folder = await temporaryFolder({ ...emptyWorkspace, "src/deep/main.ts": "", "lib/package.json": "{}" });
    await runProgram("create-module", ["orders"], { cwd: join(folder.path, "src/deep") });
    await runProgram("create-module", ["billing"], { cwd: join(folder.path, "lib") });
    await runProgram("create-module", ["stock", "--cwd", folder.path], { cwd: "/" });

    const modules = Object.keys(await folder.files()).filter((path) => path.endsWith("/module.ts"));
    expect(modules).toEqual(["modules/billing/module.ts", "modules/orders/module.ts", "modules/stock/module.ts"]);
  });

  it("takes dependencies with commas, repeatedly, or both", async () => {
    await using folder = await temporaryFolder(emptyWorkspace);
    for (const id of ["core.database", "a", "b"]) await runProgram("create-module", [id], { cwd: folder.path });
    const flags = ["--depends-on", "core.database, a", "--depends-on=b", "--depends-on", "a"];
    await runProgram("create-module", [...flags, "orders"], { cwd: folder.path });

    const files = await folder.files();
    expect(files["modules/orders/module.ts"]).toContain(`  dependencies: ["core.database", "a", "b"],\n`);
    expect(files["modules/core/database/module.ts"]).toContain(`"core.database": DatabaseService;`);
  });

  it("says where it looked when there is no workspace", async () => {
    await using folder = await temporaryFolder({ "package.json": "{}" });
    const { exitCode, stderr } = await runProgram("create-module", ["orders"], { cwd: folder.path });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(
      `neither ${folder.path} nor a folder above it has a package.json that depends on @phasewise/runtime`,
    );
    expect(stderr).toContain("phasewise create app <folder>");
  });

  it.each([
    [["../x"], `"../x" is not a module id`],
    [["1abc"], `"1abc" is not a module id`],
    [["class"], "reserved word"],
    [[""], `"" is not a module id: it is empty`],
    [["stock"], "The module stock exists already (modules/stock/module.ts)"],
    [
      ["orders", "--depends-on", "stok"],
      "There is no module stok (looked for modules/stok/module.ts). Did you mean stock?",
    ],
    [["stock.mailer"], "stock.mailer is the id of the service in modules/stock/mailer-service.ts already"],
  ])("ends with 1 and writes nothing for %j", async (args, message) => {
    await using folder = await temporaryFolder({
      ...emptyWorkspace,
      "modules/stock/module.ts": "",
      "modules/stock/mailer-service.ts": "",
    });
    const before = await folder.files();
    const { exitCode, stdout, stderr } = await runProgram("create-module", args, { cwd: folder.path });

    expect({ exitCode, stdout }).toEqual({ exitCode: 1, stdout: "" });
    expect(stderr).toContain(message);
    expect(await folder.files()).toEqual(before);
  });

  it.each([
    ["a file where a folder is needed", { modules: "" }],
    ["a file of the same name", { "modules/orders/orders-service.ts": "mine" }],
  ])("ends with 1 and writes nothing when there is %s", async (_, obstacle) => {
    await using folder = await temporaryFolder({ ...emptyWorkspace, ...obstacle });
    const { exitCode, stderr } = await runProgram("create-module", ["orders"], { cwd: folder.path });

    expect(exitCode).toBe(1);
    expect(stderr).toContain("Nothing was written: modules/orders/");
    expect(await folder.files()).toEqual({ ...emptyWorkspace, ...obstacle });
  });

  it("ends with 1 and writes nothing when modules is a link out of the workspace", async () => {
    await using outside = await temporaryFolder();
    await using folder = await temporaryFolder(emptyWorkspace);
    await symlink(outside.path, join(folder.path, "modules"));

    expect(await runProgram("create-module", ["orders"], { cwd: folder.path })).toMatchObject({ exitCode: 1 });
    expect(await outside.files()).toEqual({});
  });
});

describe("phasewise create service", () => {
  it("adds a service and its test, and edits the module", async () => {
    await using folder = await temporaryFolder(emptyWorkspace);
    await runProgram("create-module", ["orders"], { cwd: folder.path });
    const args = ["create", "service", "invoice-mailer", "--module", "orders", "--json"];
    const { exitCode, stdout } = await runProgram("phasewise", args, { cwd: folder.path });

    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({
      generator: "service",
      root: folder.path,
      dryRun: false,
      created: ["modules/orders/invoice-mailer-service.ts", "modules/orders/invoice-mailer-service.test.ts"],
      edited: ["modules/orders/module.ts"],
    });
  });

  it("changes nothing when the module's file lacks what it has to edit", async () => {
    await using folder = await temporaryFolder({
      ...emptyWorkspace,
      "modules/orders/module.ts": "export default {};\n",
    });
    const before = await folder.files();
    const args = ["create", "service", "mailer", "--module", "orders"];
    const { exitCode, stderr } = await runProgram("phasewise", args, { cwd: folder.path });

    expect(exitCode).toBe(1);
    expect(stderr).toContain("Nothing was written: modules/orders/module.ts has no import");
    expect(await folder.files()).toEqual(before);
  });

  it("refuses the id of a module", async () => {
    await using folder = await temporaryFolder(emptyWorkspace);
    for (const id of ["orders", "orders.mailer"]) await runProgram("create-module", [id], { cwd: folder.path });
    const args = ["create", "service", "mailer", "--module", "orders"];

    expect(await runProgram("phasewise", args, { cwd: folder.path })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("orders.mailer is the id of a module already"),
    });
  });
});

describe("phasewise create app", () => {
  const [runtime, plugin, phasewise] = ["phasewise-runtime", "phasewise-eslint-plugin", "phasewise"].map(
    (name) => `${name}-${version}.tgz`,
  );

  it("makes missing folders, and names the application after its own", async () => {
    await using folder = await temporaryFolder();
    const { exitCode, stdout } = await runProgram("phasewise", ["create", "app", "apps/shop"], { cwd: folder.path });

    expect(exitCode).toBe(0);
    expect(stdout).toContain("cd apps/shop\n");
    const files = await folder.files();
    expect(JSON.parse(files["apps/shop/package.json"] ?? "")).toMatchObject({
      name: "shop",
      dependencies: { "@phasewise/runtime": `^${version}` },
    });
  });

  it("takes packed packages from a folder", async () => {
    await using folder = await temporaryFolder({
      [`packed/${runtime}`]: "",
      [`packed/${plugin}`]: "",
      [`packed/${phasewise}`]: "",
    });
    const args = ["create", "app", "shop", "--name", "@acme/shop", "--packages", "packed"];
    expect(await runProgram("phasewise", args, { cwd: folder.path })).toMatchObject({ exitCode: 0 });

    const files = await folder.files();
    expect(JSON.parse(files["shop/package.json"] ?? "")).toMatchObject({
      name: "@acme/shop",
      dependencies: { "@phasewise/runtime": `file:../packed/${runtime}` },
      devDependencies: {
        "@phasewise/eslint-plugin": `file:../packed/${plugin}`,
        phasewise: `file:../packed/${phasewise}`,
      },
    });
  });

  it("names the packed packages that are missing", async () => {
    await using folder = await temporaryFolder({ [`packed/${phasewise}`]: "" });
    const args = ["create", "app", "shop", "--packages", "packed"];
    const { exitCode, stderr } = await runProgram("phasewise", args, { cwd: folder.path });

    expect(exitCode).toBe(1);
    expect(stderr).toContain(`lacks ${runtime}, ${plugin}.`);
    expect(Object.keys(await folder.files())).toEqual([`packed/${phasewise}`]);
  });

  it("fills an empty folder, and refuses one that is not empty", async () => {
    await using folder = await temporaryFolder({ "used/notes.md": "mine" });
    await mkdir(join(folder.path, "empty"));
    expect(await runProgram("phasewise", ["create", "app", "empty"], { cwd: folder.path })).toMatchObject({
      exitCode: 0,
    });
    expect(await runProgram("phasewise", ["create", "app", "used"], { cwd: folder.path })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("is not empty"),
    });
    expect((await folder.files())["used/notes.md"]).toBe("mine");
    expect(Object.keys(await folder.files())).not.toContain("used/package.json");
  });

  it("refuses a folder whose name cannot be that of a package, and says how to give another", async () => {
    await using folder = await temporaryFolder();
    expect(await runProgram("phasewise", ["create", "app", "My Shop"], { cwd: folder.path })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("Give the name with --name my-shop."),
    });
    expect(await folder.files()).toEqual({});
  });
});

describe("a dry run", () => {
  it.each([
    ["app", ["create", "app", "shop"]],
    ["module", ["create", "module", "billing"]],
    ["service", ["create", "service", "mailer", "--module", "orders"]],
  ])("of create %s makes not one change to the file system", async (_, args) => {
    await using folder = await temporaryFolder(emptyWorkspace);
    await runProgram("create-module", ["orders"], { cwd: folder.path });
    const before = await folder.files();

    // The fault comes with the first change there is.
    const outcome = await runProgram("phasewise", [...args, "--dry-run"], { cwd: folder.path, fault: "kill:1" });
    expect(outcome).toMatchObject({ exitCode: 0, stderr: "Dry run: nothing was written.\n" });
    expect(outcome.stdout).toMatch(/^--- \/dev\/null\n\+\+\+ b\//);
    expect(await folder.files()).toEqual(before);
  });

  it("fails where the run itself would", async () => {
    await using folder = await temporaryFolder({ ...emptyWorkspace, modules: "" });
    expect(await runProgram("create-module", ["orders", "--dry-run"], { cwd: folder.path })).toMatchObject({
      exitCode: 1,
    });
  });

  it("leaves an interrupted run to a real one", async () => {
    const journal = JSON.stringify({ pid: 2 ** 30, folders: [], writes: [] });
    await using folder = await temporaryFolder({ ...emptyWorkspace, ".phasewise/journal.json": journal });
    expect(await runProgram("create-module", ["orders", "--dry-run"], { cwd: folder.path })).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining("Run the command without --dry-run"),
    });
    expect(await folder.files()).toMatchObject({ ".phasewise/journal.json": journal });
  });
});

describe("wrong usage ends with 2 and a way out", () => {
  it.each([
    ["phasewise", [], "Name a command: create, "],
    ["phasewise", ["creat"], "Did you mean create?"],
    ["phasewise", ["create"], "Say what to make: app, module, service, lazy-service, method"],
    ["phasewise", ["create", "modle", "orders"], "Did you mean module?"],
    ["phasewise", ["create", "module"], "A module needs <id>. Example: phasewise create module orders"],
    ["phasewise", ["create", "service"], "A service needs <name> and --module <module>."],
    ["phasewise", ["create", "service", "a", "--module", "b", "--module", "c"], "--module is given 2 times."],
    ["create-module", ["orders", "--dependson", "a"], "Did you mean --depends-on?"],
    ["create-module", ["orders", "--depends-on"], "Not enough arguments following: depends-on."],
    ["create-module", ["orders", "billing"], "Unknown argument: billing."],
    ["create-module", ["orders", "--cwd", "nowhere"], "nowhere does not exist."],
  ] as const)("%s %j", async (program, args, message) => {
    await using folder = await temporaryFolder(emptyWorkspace);
    const { exitCode, stdout, stderr } = await runProgram(program, args, { cwd: folder.path });

    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toContain(message);
    expect(await folder.files()).toEqual(emptyWorkspace);
  });
});

describe("for programs", () => {
  it("an error is JSON too", async () => {
    await using folder = await temporaryFolder(emptyWorkspace);
    const { stdout } = await runProgram("create-module", ["1abc", "--json"], { cwd: folder.path });
    expect(JSON.parse(stdout)).toEqual({
      error: { code: "INVALID_ANSWER", message: expect.stringContaining(`"1abc" is not a module id`) },
    });
  });

  it("a dry run is JSON with the diff", async () => {
    await using folder = await temporaryFolder(emptyWorkspace);
    const { stdout } = await runProgram("create-module", ["orders", "--dry-run", "--json"], { cwd: folder.path });
    expect(JSON.parse(stdout)).toMatchObject({
      dryRun: true,
      created: expect.arrayContaining(moduleFiles),
      diff: expect.stringContaining("+++ b/modules/orders/module.ts"),
    });
  });
});

describe("help", () => {
  it.each([
    ["phasewise", ["--help"], "phasewise create"],
    ["phasewise", ["create", "--help"], "phasewise create app shop"],
    ["phasewise", ["create", "module", "--help"], "phasewise create module orders --depends-on core.database,billing"],
    ["create-module", ["--help"], "create-module orders --depends-on core.database,billing"],
    ["phasewise", ["create", "--list"], "service       Add a service to a module, with its test"],
    ["phasewise", ["--version"], version],
  ] as const)("%s %j", async (program, args, text) => {
    const { exitCode, stdout } = await runProgram(program, args, { cwd: "/" });
    expect(exitCode).toBe(0);
    expect(stdout).toContain(text);
  });

  it("offers a kind for this repository in it alone", async () => {
    const listIn = async (cwd: string) => (await runProgram("phasewise", ["create", "--list"], { cwd })).stdout;
    expect(await listIn(fileURLToPath(new URL(".", import.meta.url)))).toContain("plugin-rule ");
    expect(await listIn("/")).not.toContain("plugin-rule");
    const { stdout } = await runProgram("phasewise", ["create", "--help"], { cwd: "/" });
    expect(stdout).not.toContain("plugin-rule");
  });
});
