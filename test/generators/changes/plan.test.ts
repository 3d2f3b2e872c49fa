import { mkdir, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applyPlan } from "../../../src/generators/changes/apply.js";
import { createFile, createJsonFile, editFile, removeFile } from "../../../src/generators/changes/change.js";
import { resolvePlan } from "../../../src/generators/changes/plan.js";
import { importName } from "../../../src/generators/edits/import-name.js";
import { temporaryFolder } from "../temporary-folder.js";

const importMailer = importName("Mailer", "./mailer.js");

describe("a plan", () => {
  it("holds every file as it is and as it shall be, and writes nothing", async () => {
    await using folder = await temporaryFolder({ "a.ts": `import "./b.js";\n` });
    const { writes } = await resolvePlan(folder.path, [
      createJsonFile("x/b.json", [1]),
      editFile("a.ts", importMailer),
    ]);

    expect(writes).toMatchObject([
      { path: "x/b.json", before: null, after: "[\n  1\n]\n" },
      {
        path: "a.ts",
        before: `import "./b.js";\n`,
        after: `import "./b.js";\nimport { Mailer } from "./mailer.js";\n`,
      },
    ]);
    expect(await folder.files()).toEqual({ "a.ts": `import "./b.js";\n` });
  });

  it("names all files that are in the way, in one error", async () => {
    await using folder = await temporaryFolder({ "a.json": "", "b.json": "", c: "" });
    const changes = ["a.json", "b.json", "c/d.json", "e.json"].map((path) => createJsonFile(path, {}));

    await expect(resolvePlan(folder.path, changes)).rejects.toMatchObject({
      code: "CONFLICT",
      message: `Nothing was written: a.json exists already; b.json exists already; c/d.json needs a folder where there is the file ${join(folder.path, "c")}.`,
    });
  });

  it("refuses to remove what is no file, and what is not there", async () => {
    await using folder = await temporaryFolder({ "a/b.ts": "" });
    await expect(resolvePlan(folder.path, [removeFile("a"), removeFile("c.ts")])).rejects.toThrow(
      "a is no file, so it cannot be removed; c.ts does not exist, so it cannot be removed",
    );
  });

  it("refuses a file that is no text, because it could not be taken back", async () => {
    await using folder = await temporaryFolder();
    await writeFile(join(folder.path, "a.bin"), Uint8Array.of(0xff, 0xfe, 0));
    await expect(resolvePlan(folder.path, [removeFile("a.bin")])).rejects.toThrow("a.bin is no text in UTF-8");
  });

  it("refuses two changes of one file, also where only the case differs", async () => {
    await using folder = await temporaryFolder();
    const changes = [createJsonFile("a.json", {}), createJsonFile("A.json", {})];
    await expect(resolvePlan(folder.path, changes)).rejects.toThrow("A.json would be written twice");
  });

  it("refuses to edit a file that is not there", async () => {
    await using folder = await temporaryFolder();
    await expect(resolvePlan(folder.path, [editFile("a.ts", importMailer)])).rejects.toThrow("a.ts does not exist");
  });

  it("refuses a template that lacks a name", async () => {
    await using folder = await temporaryFolder();
    const incomplete = createFile("a.ts", "services/service.ts.hbs", {});
    await expect(resolvePlan(folder.path, [incomplete])).rejects.toThrow(`The template names "name"`);
  });

  it.each([
    "../a.json",
    "a/../../b.json",
    "/a.json",
    "./a.json",
    "a//b.json",
    "",
    "a\\b.json",
    "C:/a.json",
    "a\0.json",
  ])("refuses the path %j", async (path) => {
    await using folder = await temporaryFolder();
    await expect(resolvePlan(folder.path, [createJsonFile(path, {})])).rejects.toMatchObject({
      code: "OUTSIDE_WORKSPACE",
    });
  });

  it("refuses a folder that is a symbolic link out of the workspace", async () => {
    await using outside = await temporaryFolder({ "a.ts": "" });
    await using folder = await temporaryFolder();
    await symlink(outside.path, join(folder.path, "modules"));

    for (const change of [createJsonFile("modules/b/c.json", {}), editFile("modules/a.ts", importMailer)]) {
      await expect(resolvePlan(folder.path, [change])).rejects.toMatchObject({
        code: "OUTSIDE_WORKSPACE",
        message: expect.stringContaining("a symbolic link leads to"),
      });
    }
  });

  it("follows a symbolic link that stays in the workspace", async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, "packages"));
    await symlink("packages", join(folder.path, "modules"));
    await applyPlan(await resolvePlan(folder.path, [createJsonFile("modules/a.json", {})]));

    expect(await folder.files()).toEqual({ "packages/a.json": "{}\n" });
  });

  it("refuses a broken symbolic link", async () => {
    await using folder = await temporaryFolder();
    await symlink("nowhere", join(folder.path, "modules"));
    await expect(resolvePlan(folder.path, [createJsonFile("modules/a.json", {})])).rejects.toThrow(
      "broken symbolic link",
    );
  });
});
