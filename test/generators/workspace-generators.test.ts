import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runProgram } from "./program.js";
import { temporaryFolder, type Files } from "./temporary-folder.js";

const nodeModules = fileURLToPath(new URL("../../node_modules", import.meta.url));

const note = `import { createFile, defineGenerator, newName, existingModules } from "phasewise";

export default defineGenerator({
  name: "note",
  summary: "Add a note",
  file: import.meta.url,
  questions: { title: newName("note", "todo"), about: existingModules("Modules it is about") },
  sample: { title: "todo", about: [] },
  plan: async ({ title, about }) => [createFile(\`notes/\${title}.md\`, "templates/note.md.hbs", { title, about })],
});
`;

const workspace: Files = {
  "package.json": '{ "type": "module" }',
  "phasewise.config.ts": `import note from "./generators/note.ts";\nexport default { generators: [note] };\n`,
  "generators/note.ts": note,
  "generators/templates/note.md.hbs": "# {{title}}\n\n{{#each about}}{{this}}\n{{/each}}",
  "modules/orders/module.ts": "",
};

async function open(files: Files = {}) {
  const folder = await temporaryFolder({ ...workspace, ...files });
  await symlink(nodeModules, join(folder.path, "node_modules"), "junction");
  return folder;
}

describe("a generator that phasewise.config names", () => {
  it("renders the template beside it, with flags for its questions, from any folder of the workspace", async () => {
    await using folder = await open();
    const args = ["create", "note", "todo", "--about", "orders,billing", "--json"];
    const { exitCode, stdout } = await runProgram("phasewise", args, { cwd: join(folder.path, "modules/orders") });

    expect(exitCode).toBe(0);
    expect(JSON.parse(stdout)).toMatchObject({ generator: "note", root: folder.path, created: ["notes/todo.md"] });
    const dry = await runProgram("phasewise", ["create", "note", "other", "--dry-run"], { cwd: folder.path });
    expect(dry.stdout).toContain("+++ b/notes/other.md");
  });

  it("is listed, has help, and is asked for its answers by name", async () => {
    await using folder = await open();
    const run = (...args: string[]) => runProgram("phasewise", ["create", ...args], { cwd: folder.path });
    expect((await run("--list")).stdout).toMatch(/^note +Add a note$/m);
    expect((await run("note", "--help")).stdout).toContain("phasewise create note <title>");
    expect(await run("note")).toMatchObject({ exitCode: 2, stderr: expect.stringContaining("A note needs <title>.") });
    expect(await run("notte", "x")).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("Did you mean note?"),
    });
  });

  it("may be in another folder with --cwd", async () => {
    await using folder = await open();
    const args = ["create", "note", "todo", "--cwd", folder.path];
    expect(await runProgram("phasewise", args, { cwd: "/" })).toMatchObject({ exitCode: 0 });
  });

  it("edits code with the same edits as ours, and fails like them", async () => {
    const shout = `import { defineGenerator, editFile, existingModule, registerService } from "phasewise";
export default defineGenerator({
  name: "shout", summary: "Register a shout", questions: { module: existingModule() }, sample: { module: "orders" },
  plan: async ({ module }, project) => [editFile(await project.moduleFile(module), registerService("shout", "Shout"))],
});`;
    await using folder = await open({
      "generators/shout.js": shout,
      "phasewise.config.ts": `import shout from "./generators/shout.js";\nexport default { generators: [shout] };\n`,
    });
    const { exitCode, stderr } = await runProgram("phasewise", ["create", "shout", "--module", "orders"], {
      cwd: folder.path,
    });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("Nothing was written: modules/orders/module.ts has no");
  });

  it("may come from a package or a file, by name", async () => {
    await using folder = await open({
      "phasewise.config.ts": "",
      "phasewise.config.json": '{ "generators": ["./generators/note.ts"] }',
    });
    const { rm } = await import("node:fs/promises");
    await rm(join(folder.path, "phasewise.config.ts"));
    expect(await runProgram("phasewise", ["create", "note", "todo"], { cwd: folder.path })).toMatchObject({
      exitCode: 0,
    });
  });

  it("is loaded from an installed package", async () => {
    const plain = `export const generators = [{ name: "memo", summary: "Add a memo", questions: {}, sample: {},
  plan: async () => [{ kind: "template", path: "memo.md", template: "memo.md", data: {} }] }];`;
    await using folder = await temporaryFolder({
      "package.json": '{ "type": "module" }',
      "phasewise.config.json": '{ "generators": ["acme-generators"] }',
      "node_modules/acme-generators/package.json": '{ "type": "module", "exports": "./index.js" }',
      "node_modules/acme-generators/index.js": plain,
      "node_modules/acme-generators/memo.md": "Remember.\n",
    });
    expect(await runProgram("phasewise", ["create", "memo"], { cwd: folder.path })).toMatchObject({ exitCode: 0 });
    expect((await folder.files())["memo.md"]).toBe("Remember.\n");
  });

  it.each([
    ["{ name: 'service', summary: '', questions: {}, plan() {} }", "has the name of the kind service of Phasewise"],
    ["{ summary: '', questions: {}, plan() {} }", "a generator has no usable `name`"],
    ["{ name: 'memo', summary: '', questions: {} }", "the generator memo has no `plan`"],
    ["{ name: 'memo', summary: '', questions: { a: {} }, plan() {} }", "`form` in `questions.a` of the generator memo"],
    ["'no-such-package'", "the generators of no-such-package cannot be loaded."],
  ])("ends with 2 and names the configuration when it is %s", async (entry, message) => {
    await using folder = await open({ "phasewise.config.ts": `export default { generators: [${entry}] };\n` });
    const { exitCode, stderr } = await runProgram("phasewise", ["create", "--list"], { cwd: folder.path });
    expect(stderr).toContain(message);
    expect(stderr).toContain("phasewise.config.ts");
    expect(exitCode).toBe(2);
  });

  it("is named with its file when it throws", async () => {
    await using folder = await open({ "generators/note.ts": note.replace("[createFile", "[null.title, createFile") });
    const { exitCode, stderr } = await runProgram("phasewise", ["create", "note", "todo"], { cwd: folder.path });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`The generator note in ${join(folder.path, "generators/note.ts")} failed: TypeError:`);
  });

  it("cannot take a template from outside", async () => {
    await using folder = await open({ "generators/note.ts": note.replace("templates/note", "../package.json#") });
    const { exitCode, stderr } = await runProgram("phasewise", ["create", "note", "todo"], { cwd: folder.path });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("Refused to read the template");
  });

  it("is accepted by the gate", async () => {
    await using folder = await open();
    const { exitCode, stderr } = await runProgram("phasewise", ["check", "--print-config"], { cwd: folder.path });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  });
});
