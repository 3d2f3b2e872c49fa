import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runProgram } from "./program.js";
import { emptyWorkspace, temporaryFolder, type Files } from "./temporary-folder.js";

const nodeModules = fileURLToPath(new URL("../../node_modules", import.meta.url));
const service = "modules/orders/orders-service.ts";

describe("--answers", () => {
  it("takes answers from a JSON file, and flags before it", async () => {
    await using folder = await temporaryFolder({
      ...emptyWorkspace,
      "modules/a/module.ts": "",
      "modules/b/module.ts": "",
      "answers.json": '{ "id": "orders", "dependsOn": ["a", "b"] }',
    });
    const run = (...args: string[]) => runProgram("create-module", [...args], { cwd: folder.path });
    expect(await run("--answers", "answers.json")).toMatchObject({ exitCode: 0 });
    expect(await run("billing", "--answers", "answers.json", "--yes", "--no-input")).toMatchObject({ exitCode: 0 });
    const files = await folder.files();
    expect(files["modules/orders/module.ts"]).toContain('dependencies: ["a", "b"]');
    expect(files["modules/billing/module.ts"]).toContain('dependencies: ["a", "b"]');
  });

  it.each([
    ['{ "ids": "orders" }', "a module has no question ids. Did you mean id?"],
    ['{ "id": 5 }', "id has to be a text."],
    ['{ "dependsOn": "a" }', "dependsOn has to be a list of texts."],
    ["[]", "it has to be an object"],
    ["{", "it cannot be read"],
  ])("ends with 2 for %s, and names the file", async (text, message) => {
    await using folder = await temporaryFolder({ ...emptyWorkspace, "answers.json": text });
    const args = ["orders", "--answers", "answers.json"];
    const { exitCode, stderr } = await runProgram("create-module", args, { cwd: folder.path });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`answers.json: ${message}`);
    expect(Object.keys(await folder.files())).toEqual(["answers.json", "package.json"]);
  });

  it("names what is missing, without a terminal and with --no-input", async () => {
    await using folder = await temporaryFolder({ ...emptyWorkspace, "answers.json": '{ "name": "mailer" }' });
    const args = ["create", "service", "--answers", "answers.json", "--no-input"];
    const { exitCode, stderr } = await runProgram("phasewise", args, { cwd: folder.path });
    expect(exitCode).toBe(2);
    expect(stderr).toContain("A service needs --module <module>.");
  });
});

describe("the next steps", () => {
  it.each([
    [{ "package-lock.json": "{}" }, "npx vitest run modules"],
    [{ "pnpm-lock.yaml": "" }, "pnpm exec vitest run modules"],
    [{ "yarn.lock": "" }, "yarn vitest run modules"],
    [{ "bun.lock": "" }, "bunx vitest run modules"],
  ])("are in the words of the package manager whose lock file is there: %j", async (lockFile, command) => {
    await using folder = await temporaryFolder({ ...emptyWorkspace, ...(lockFile as Files), "src/deep/a.ts": "" });
    const { stdout } = await runProgram("create-module", ["orders"], { cwd: join(folder.path, "src/deep") });
    expect(stdout).toContain(command);
  });

  it("go by the field packageManager first, also that of a monorepo around the workspace", async () => {
    await using folder = await temporaryFolder({
      "package.json": '{ "packageManager": "pnpm@10.1.0" }',
      "yarn.lock": "",
    });
    const { stdout } = await runProgram("phasewise", ["create", "app", "apps/shop"], { cwd: folder.path });
    expect(stdout).toContain("  pnpm install\n  pnpm run check && pnpm test\n  pnpm run dev\n");
  });
});

describe("a new file", () => {
  const manifest = { type: "module", dependencies: { "@phasewise/runtime": "*" } };
  const withPrettier = JSON.stringify({ ...manifest, devDependencies: { prettier: "*" } });

  it("has the layout of the workspace's Prettier, also in a dry run", async () => {
    await using folder = await temporaryFolder({ "package.json": withPrettier, ".prettierrc": '{ "semi": false }' });
    await symlink(nodeModules, join(folder.path, "node_modules"), "junction");
    const preview = await runProgram("create-module", ["orders", "--dry-run"], { cwd: folder.path });
    const { exitCode, stderr } = await runProgram("create-module", ["orders"], { cwd: folder.path });

    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(preview.stdout).toContain("+import { Result, Service");
    expect(preview.stdout).not.toMatch(/^\+import .*;$/m);
    const { [service]: text } = await folder.files();
    expect(text).toContain("class OrdersService");
    expect(text).not.toMatch(/;$/m);
  });

  it("stays as the template has it where Prettier ignores it, or nothing is installed for layout", async () => {
    await using ignoring = await temporaryFolder({
      "package.json": withPrettier,
      ".prettierrc": '{ "semi": false }',
      ".prettierignore": "modules\n",
    });
    await symlink(nodeModules, join(ignoring.path, "node_modules"), "junction");
    await using plain = await temporaryFolder({ ...emptyWorkspace, ".prettierrc": '{ "semi": false }' });
    for (const { path } of [ignoring, plain]) await runProgram("create-module", ["orders"], { cwd: path });
    expect((await ignoring.files())[service]).toBe((await plain.files())[service]);
    expect((await plain.files())[service]).toMatch(/;$/m);
  });

  it("is made without layout, with a warning, where the formatter cannot be loaded", async () => {
    await using folder = await temporaryFolder({ "package.json": withPrettier });
    const { exitCode, stderr } = await runProgram("create-module", ["orders"], { cwd: folder.path });
    expect(exitCode).toBe(0);
    expect(stderr).toMatch(/^modules\/orders\/.* was not formatted: Cannot find module 'prettier'.*\n$/);
    expect((await folder.files())[service]).toContain("class OrdersService");
  });

  it("goes through the workspace's Biome, with its path and on standard input", async () => {
    const biome = `import { text } from "node:stream/consumers";
const [command, path] = process.argv.slice(2);
if (path.endsWith("module.ts")) { console.error("cannot parse"); process.exit(1); }
process.stdout.write("// " + command + " " + path + "\\n" + (await text(process.stdin)));`;
    await using folder = await temporaryFolder({
      "package.json": JSON.stringify({ ...manifest, devDependencies: { "@biomejs/biome": "*" } }),
      "node_modules/@biomejs/biome/package.json": '{ "bin": { "biome": "bin.mjs" } }',
      "node_modules/@biomejs/biome/bin.mjs": biome,
    });
    const { exitCode, stderr } = await runProgram("create-module", ["orders"], { cwd: folder.path });
    expect(exitCode).toBe(0);
    expect(stderr).toBe("modules/orders/module.ts was not formatted: Biome ended with code 1. cannot parse\n");
    const files = await folder.files();
    expect(files[service]).toMatch(`// format --stdin-file-path=${service}\nimport `);
    expect(files["modules/orders/module.ts"]).toMatch(/^import /);
  });
});
