import { chmod, mkdir, stat, symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { applyPlan } from "../../../src/generators/changes/apply.js";
import { createJsonFile, editFile, removeFile } from "../../../src/generators/changes/change.js";
import { resolvePlan } from "../../../src/generators/changes/plan.js";
import { importName } from "../../../src/generators/edits/import-name.js";
import { temporaryFolder } from "../temporary-folder.js";

const importMailer = importName("Mailer", "./mailer.js");

describe("applying a plan", () => {
  it("writes all of its files, and leaves nothing else behind", async () => {
    await using folder = await temporaryFolder({ "a.ts": `import "./b.js";\n` });
    await applyPlan(await resolvePlan(folder.path, [createJsonFile("x/y/b.json", {}), editFile("a.ts", importMailer)]));

    expect(await folder.files()).toEqual({
      "a.ts": `import "./b.js";\nimport { Mailer } from "./mailer.js";\n`,
      "x/y/b.json": "{}\n",
    });
    await expect(stat(join(folder.path, ".phasewise"))).rejects.toThrow("ENOENT");
  });

  it("keeps the mode of a file that it edits", async () => {
    await using folder = await temporaryFolder({ "a.ts": `import "./b.js";\n` });
    await chmod(join(folder.path, "a.ts"), 0o750);
    await applyPlan(await resolvePlan(folder.path, [editFile("a.ts", importMailer)]));

    expect((await stat(join(folder.path, "a.ts"))).mode & 0o777).toBe(0o750);
  });

  it("removes files, and the folders that are empty without them", async () => {
    await using folder = await temporaryFolder({ "a/b/c.ts": "c", "a/b/d.ts": "d", "x/y/z.ts": "z" });
    await applyPlan(await resolvePlan(folder.path, [removeFile("a/b/c.ts"), removeFile("x/y/z.ts")]));

    expect(await folder.files()).toEqual({ "a/b/d.ts": "d" });
    await expect(stat(join(folder.path, "x"))).rejects.toThrow("ENOENT");
  });

  it("puts a removed file back with its mode when a later change fails", async () => {
    await using folder = await temporaryFolder({ "a/run.sh": "run", "b.ts": "b" });
    await chmod(join(folder.path, "a/run.sh"), 0o750);
    const plan = await resolvePlan(folder.path, [removeFile("a/run.sh"), removeFile("b.ts")]);
    await folder.write({ "b.ts": "changed" });

    await expect(applyPlan(plan)).rejects.toThrow("b.ts was changed by another program meanwhile");
    expect(await folder.files()).toEqual({ "a/run.sh": "run", "b.ts": "changed" });
    expect((await stat(join(folder.path, "a/run.sh"))).mode & 0o777).toBe(0o750);
  });

  it("touches nothing when an edit has nothing to change", async () => {
    await using folder = await temporaryFolder({ "a.ts": `import { Mailer } from "./mailer.js";\n` });
    const { mtimeMs } = await stat(join(folder.path, "a.ts"));
    await applyPlan(await resolvePlan(folder.path, [editFile("a.ts", importMailer)]));

    expect((await stat(join(folder.path, "a.ts"))).mtimeMs).toBe(mtimeMs);
  });

  it.each([
    ["was edited", { "a.ts": `import "./c.js";\n` }],
    ["appeared", { "x/b.json": "mine" }],
  ])("takes everything back when a file %s after the plan was made", async (_, meanwhile) => {
    await using folder = await temporaryFolder({ "a.ts": `import "./b.js";\n` });
    const plan = await resolvePlan(folder.path, [
      createJsonFile("x/a.json", {}),
      createJsonFile("x/b.json", {}),
      editFile("a.ts", importMailer),
    ]);
    await folder.write(meanwhile);

    await expect(applyPlan(plan)).rejects.toMatchObject({
      code: "CONFLICT",
      message: expect.stringContaining("meanwhile"),
    });
    expect(await folder.files()).toEqual({ "a.ts": `import "./b.js";\n`, ...meanwhile });
  });

  it("does not follow a link that waits where its texts are staged", async () => {
    await using folder = await temporaryFolder({ "victim.txt": "precious" });
    await symlink("victim.txt", join(folder.path, ".a.json.phasewise-tmp"));
    const plan = await resolvePlan(folder.path, [createJsonFile("a.json", {})]);

    await expect(applyPlan(plan)).rejects.toThrow("EEXIST");
    expect(await folder.files()).toEqual({ "victim.txt": "precious" });
  });

  it("refuses while another process is changing the workspace", async () => {
    await using folder = await temporaryFolder();
    await mkdir(join(folder.path, ".phasewise"));
    const journal = { pid: process.ppid, folders: [], writes: [] };
    await folder.write({ ".phasewise/journal.json": JSON.stringify(journal) });
    const plan = await resolvePlan(folder.path, [createJsonFile("a.json", {})]);

    await expect(applyPlan(plan)).rejects.toMatchObject({ code: "BUSY" });
    expect(Object.keys(await folder.files())).toEqual([".phasewise/journal.json"]);
  });
});
