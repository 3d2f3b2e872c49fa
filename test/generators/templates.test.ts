import { mkdir, readFile, readdir, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { catalog } from "../../src/generators/catalog.js";
import { listTemplates } from "../../src/generators/kind-templates.js";
import { runProgram } from "./program.js";
import { emptyWorkspace, temporaryFolder } from "./temporary-folder.js";

const marked = { ...emptyWorkspace, "phasewise.config.json": "{}" };
const SERVICE = "templates/services/service.ts.hbs";
const made = "modules/orders/orders-service.ts";

describe("templates/ in a workspace", () => {
  it("comes before ours, file by file", async () => {
    await using folder = await temporaryFolder({ ...marked, [SERVICE]: "// {{pascalCase name}} of ours\n" });
    const { exitCode } = await runProgram("create-module", ["orders"], { cwd: folder.path });

    expect(exitCode).toBe(0);
    const files = await folder.files();
    expect(files[made]).toBe("// Orders of ours\n");
    expect(files["modules/orders/module.ts"]).toContain("defineModule");
  });

  it("counts where package.json depends on phasewise", async () => {
    const manifest = { dependencies: { "@phasewise/runtime": "*" }, devDependencies: { phasewise: "*" } };
    await using folder = await temporaryFolder({ "package.json": JSON.stringify(manifest), [SERVICE]: "mine\n" });
    await runProgram("create-module", ["orders"], { cwd: folder.path });
    expect((await folder.files())[made]).toBe("mine\n");
  });

  it("does not count in a workspace that says nothing of Phasewise's program", async () => {
    await using folder = await temporaryFolder({ ...emptyWorkspace, [SERVICE]: "mine\n" });
    await runProgram("create-module", ["orders"], { cwd: folder.path });
    expect((await folder.files())[made]).toContain("class OrdersService");
  });

  it("counts for an application that is made inside of the workspace", async () => {
    await using folder = await temporaryFolder({ ...marked, "templates/app/README.md.hbs": "Our {{name}}\n" });
    await runProgram("phasewise", ["create", "app", "apps/shop"], { cwd: folder.path });
    expect((await folder.files())["apps/shop/README.md"]).toBe("Our shop\n");
  });

  it("is named in what it gets wrong, and nothing is written", async () => {
    await using folder = await temporaryFolder({ ...marked, [SERVICE]: "{{nmae}}\n" });
    const before = await folder.files();
    const { exitCode, stderr } = await runProgram("create-module", ["orders"], { cwd: folder.path });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`The template ${join(folder.path, SERVICE)} cannot be rendered`);
    expect(stderr).toContain("nmae");
    expect(await folder.files()).toEqual(before);
  });

  it.each(["templates", "templates/services", SERVICE])("is refused where %s is a symbolic link", async (path) => {
    await using outside = await temporaryFolder({
      "service.ts.hbs": "theirs\n",
      "services/service.ts.hbs": "theirs\n",
    });
    await using folder = await temporaryFolder(marked);
    await mkdir(join(folder.path, path, ".."), { recursive: true });
    const target = { templates: ".", "templates/services": "services", [SERVICE]: "service.ts.hbs" }[path]!;
    await symlink(join(outside.path, target), join(folder.path, path));

    const { exitCode, stderr } = await runProgram("create-module", ["orders"], { cwd: folder.path });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("is a symbolic link; put the file itself there");
    expect(Object.keys(await folder.files()).filter((file) => file.startsWith("modules/"))).toEqual([]);
  });
});

describe("phasewise eject", () => {
  it("copies the templates of a kind, and says what it wrote", async () => {
    await using folder = await temporaryFolder(marked);
    const { exitCode, stdout } = await runProgram("phasewise", ["eject", "module"], { cwd: folder.path });

    expect(exitCode).toBe(0);
    const copied = (await listTemplates("module")).map((template) => `templates/${template}`);
    expect(copied).toContain("templates/modules/module.ts.hbs");
    for (const path of copied) expect(stdout).toContain(`create ${path}`);
    expect(Object.keys(await folder.files())).toEqual(expect.arrayContaining(copied));
  });

  it("leaves what is made as it was, until a copy is changed", async () => {
    await using plain = await temporaryFolder(marked);
    await using ejected = await temporaryFolder(marked);
    await runProgram("phasewise", ["eject", "module"], { cwd: ejected.path });
    for (const { path } of [plain, ejected]) await runProgram("create-module", ["orders"], { cwd: path });
    expect((await ejected.files())[made]).toBe((await plain.files())[made]);
  });

  it("makes a dry run, and does not overwrite what has been changed", async () => {
    await using folder = await temporaryFolder(marked);
    const preview = await runProgram("phasewise", ["eject", "service", "--dry-run"], { cwd: folder.path });
    expect(preview.stdout).toContain(`+++ b/${SERVICE}`);
    expect(await folder.files()).toEqual(marked);

    await folder.write({ [SERVICE]: "mine\n" });
    const { exitCode, stderr } = await runProgram("phasewise", ["eject", "service"], { cwd: folder.path });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${SERVICE} exists already`);
    expect((await folder.files())[SERVICE]).toBe("mine\n");
  });

  it("refuses an unknown kind, and a folder whose templates would not be read", async () => {
    await using folder = await temporaryFolder(emptyWorkspace);
    const nowhere = await runProgram("phasewise", ["eject", "module"], { cwd: folder.path });
    expect(nowhere).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("No workspace here that takes") });
    await folder.write(marked);
    const unknown = await runProgram("phasewise", ["eject", "modul"], { cwd: folder.path });
    expect(unknown).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("Did you mean module?") });
  });

  it.each(catalog)("knows the templates of $name that its source names", async ({ name }) => {
    const source = await readFile(new URL(`../../src/generators/catalog/${name}.ts`, import.meta.url), "utf8");
    const templates = await readdir(new URL("../../templates", import.meta.url), { recursive: true });
    const named = [...source.matchAll(/"([^"]+)"/g)].flatMap(([, text = ""]) => (/\.\w+$/.test(text) ? [text] : []));
    const listed = await listTemplates(name);
    expect(listed.length).toBeGreaterThan(0);
    expect(named.filter((text) => templates.includes(text) && !listed.includes(text))).toEqual([]);
  });
});
