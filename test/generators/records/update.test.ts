import { execFile } from "node:child_process";
import { rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { createTextFile, editFile, type Change } from "../../../src/generators/changes/change.js";
import { defineGenerator } from "../../../src/generators/define-generator.js";
import { generate } from "../../../src/generators/generate.js";
import { openProject } from "../../../src/generators/project.js";
import { readRecords } from "../../../src/generators/records/read-records.js";
import { runOnWorkspace } from "../../../src/generators/records/run-on-workspace.js";
import { planUndo } from "../../../src/generators/records/undo.js";
import { planUpdate } from "../../../src/generators/records/update.js";
import { runProgram } from "../program.js";
import { temporaryFolder } from "../temporary-folder.js";
import { recordedWorkspace, withoutRecords } from "./recorded-workspace.js";

/** A generator whose templates are these texts. */
function notes(texts: Readonly<Record<string, string>>, edits: readonly Change[] = []) {
  return defineGenerator({
    name: "notes",
    summary: "Add notes",
    questions: {},
    sample: {},
    examples: ["notes"],
    plan: async () => [...Object.entries(texts).map(([path, text]) => createTextFile(path, text)), ...edits],
    nextSteps: () => [],
  });
}

type Notes = ReturnType<typeof notes>;

async function update(root: string, generator: Notes, dryRun = false) {
  const records = await readRecords(root);
  const request = { project: openProject(root), records, chosen: records, findGenerator: async () => generator };
  const { plan: _, recovered: __, ...updating } = await runOnWorkspace(root, { dryRun }, () => planUpdate(request));
  return updating;
}

const nothing = { updated: [], created: [], removed: [], kept: [], conflicts: [], failures: [] };
const old = "one\ntwo\nthree\nfour\nfive\n";

async function generated(generator: Notes) {
  const folder = await temporaryFolder();
  await generate(generator, {}, { root: folder.path, record: true });
  return { ...folder, sources: async () => withoutRecords(await folder.files()) };
}

describe("an update", () => {
  it("merges what is new in the templates into what a file is today", async () => {
    await using folder = await generated(notes({ "a.md": old }));
    await folder.write({ "a.md": old.replace("one", "ONE") });
    const today = notes({ "a.md": old.replace("five", "FIVE") });
    expect(await update(folder.path, today)).toEqual({ ...nothing, updated: ["a.md"] });
    expect(await folder.sources()).toEqual({ "a.md": "ONE\ntwo\nthree\nfour\nFIVE\n" });
    expect(await update(folder.path, today)).toEqual(nothing);
  });

  it("puts both sides between conflict markers where the same lines were changed, once", async () => {
    await using folder = await generated(notes({ "a.md": old }));
    await folder.write({ "a.md": old.replace("two", "mine") });
    const today = notes({ "a.md": old.replace("two", "theirs") });
    expect(await update(folder.path, today)).toEqual({ ...nothing, conflicts: ["a.md"] });
    const merged = "one\n<<<<<<< yours\nmine\n=======\ntheirs\n>>>>>>> phasewise 0.1.0\nthree\nfour\nfive\n";
    expect(await folder.sources()).toEqual({ "a.md": merged });
    expect(await update(folder.path, today)).toEqual(nothing);
  });

  it("leaves deleted files deleted", async () => {
    await using folder = await generated(notes({ "a.md": old, "b.md": "b\n" }));
    await rm(join(folder.path, "a.md"));
    expect(await update(folder.path, notes({ "a.md": "new\n", "b.md": "new\n" }))).toEqual({
      ...nothing,
      updated: ["b.md"],
    });
    expect(await folder.sources()).toEqual({ "b.md": "new\n" });
  });

  it("follows a file that was moved, by its text", async () => {
    await using folder = await generated(notes({ "a.md": old, "b.md": "b\n" }));
    await rename(join(folder.path, "a.md"), join(folder.path, "moved.md"));
    expect(await update(folder.path, notes({ "a.md": "new\n", "b.md": "b\n" }))).toMatchObject({
      updated: ["moved.md"],
    });
    expect(await folder.sources()).toEqual({ "moved.md": "new\n", "b.md": "b\n" });
  });

  it.each([
    ["committed", true],
    ["staged", false],
  ])("follows a file that git has moved and somebody has changed: %s", async (_, isCommitted) => {
    await using folder = await generated(notes({ "a.md": old }));
    const git = (...args: string[]) => {
      const named = ["-c", "user.name=Nobody", "-c", "user.email=nobody@example.com", ...args];
      return promisify(execFile)("git", named, { cwd: folder.path });
    };
    await git("init", "--quiet");
    await git("add", ".");
    await git("commit", "--quiet", "--message", "Begin");
    await git("mv", "a.md", "moved.md");
    if (isCommitted) await git("commit", "--quiet", "--message", "Move");
    await folder.write({ "moved.md": old.replace("one", "ONE") });
    await update(folder.path, notes({ "a.md": old.replace("five", "FIVE") }));
    const { "moved.md": text } = await folder.files();
    expect(text).toBe("ONE\ntwo\nthree\nfour\nFIVE\n");
  });

  it("makes files that are new in the templates, and leaves what is in their way", async () => {
    await using folder = await generated(notes({ "a.md": "a\n" }));
    await folder.write({ "taken.md": "mine\n" });
    const today = notes({ "a.md": "a\n", "b.md": "b\n", "taken.md": "theirs\n" });
    expect(await update(folder.path, today)).toEqual({ ...nothing, created: ["b.md"], kept: ["taken.md"] });
    expect(await folder.sources()).toEqual({ "a.md": "a\n", "b.md": "b\n", "taken.md": "mine\n" });
  });

  it("removes files that are no longer in the templates, unless somebody has changed them", async () => {
    await using folder = await generated(notes({ "a.md": "a\n", "b.md": "b\n", "c.md": "c\n" }));
    await folder.write({ "c.md": "mine\n" });
    expect(await update(folder.path, notes({ "a.md": "a\n" }))).toEqual({
      ...nothing,
      removed: ["b.md"],
      kept: ["c.md"],
    });
    expect(await folder.sources()).toEqual({ "a.md": "a\n", "c.md": "mine\n" });
  });

  it("renders nothing of a generation that fails, and tells why", async () => {
    await using folder = await generated(notes({ "a.md": "a\n" }));
    const before = await folder.files();
    const { failures, updated } = await update(
      folder.path,
      notes({ "a.md": "new\n" }, [{ kind: "edit", path: "a.md", edits: [] }, editFile("../out.md")]),
    );
    expect({ failures, updated }).toEqual({
      failures: [expect.objectContaining({ id: expect.any(String) })],
      updated: [],
    });
    expect(await folder.files()).toEqual(before);
  });

  it("writes nothing in a dry run", async () => {
    await using folder = await generated(notes({ "a.md": "a\n" }));
    const before = await folder.files();
    expect((await update(folder.path, notes({ "a.md": "new\n" }), true)).updated).toEqual(["a.md"]);
    expect(await folder.files()).toEqual(before);
  });
});

/** What becomes of one line, and by whom. */
const fate = fc.record({ side: fc.constantFrom("none", "user", "template"), removed: fc.boolean() });

/** The text after the changes of these sides; a line in between is nobody's, and is never changed. */
function textAfter(fates: readonly { side: string; removed: boolean }[], sides: readonly string[]): string {
  const lines = fates.flatMap(({ side, removed }, index) => {
    const between = `between ${index}`;
    if (!sides.includes(side)) return [`line ${index}`, between];
    return removed ? [between] : [`line ${index} of ${side}`, between];
  });
  return ["first", ...lines, "last", ""].join("\n");
}

it("brings both sides together, whatever different lines a user and the templates have changed", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fate, { maxLength: 20 }), async (fates) => {
      await using folder = await generated(notes({ "a.md": textAfter(fates, []) }));
      await folder.write({ "a.md": textAfter(fates, ["user"]) });
      const { conflicts } = await update(folder.path, notes({ "a.md": textAfter(fates, ["template"]) }));
      expect(conflicts).toEqual([]);
      expect(await folder.sources()).toEqual({ "a.md": textAfter(fates, ["user", "template"]) });
    }),
    { numRuns: 60 },
  );
});

it("is undone to what was there before, whatever was generated over it, with later changes elsewhere kept", async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fate, { maxLength: 20 }), async (fates) => {
      await using folder = await temporaryFolder({ "a.md": textAfter(fates, []) });
      const edit = { kind: "edit", path: "a.md", edits: [] } as const;
      const generator = notes({ "new.md": "new\n" }, [edit]);
      await generate(generator, {}, { root: folder.path, record: true });
      const [record] = await readRecords(folder.path);
      const file = { path: "a.md", before: textAfter(fates, []), after: textAfter(fates, ["template"]) };
      await folder.write({ "a.md": textAfter(fates, ["template", "user"]) });
      const changed = { ...record!, files: [...record!.files, file] };
      const request = { root: folder.path, records: [changed], record: changed, force: false };
      const { conflicts, kept } = await runOnWorkspace(folder.path, { dryRun: false }, () => planUndo(request));
      expect({ conflicts, kept }).toEqual({ conflicts: [], kept: [] });
      expect(await folder.files()).toEqual({ "a.md": textAfter(fates, ["user"]) });
    }),
    { numRuns: 60 },
  );
});

describe("phasewise update", () => {
  it("says when there is nothing to do", async () => {
    await using workspace = await recordedWorkspace();
    await workspace.addModule("orders");
    await workspace.addService("mailer", "orders");
    const before = await workspace.files();
    const { stdout, exitCode } = await runProgram("phasewise", ["update"], { cwd: workspace.path });
    expect({ stdout, exitCode }).toEqual({ stdout: "Nothing to do: all is up to date.\n", exitCode: 0 });
    expect(await workspace.files()).toEqual(before);
  });

  it("updates what an older release has generated, one module or all", async () => {
    await using workspace = await recordedWorkspace();
    await workspace.addModule("orders");
    await workspace.addModule("billing");
    const today = await workspace.sources();
    // As if the templates had lacked this line then.
    const files = Object.entries(await workspace.files()).filter(([path]) => /module\.ts$|\.record$/.test(path));
    const past = files.map(([path, text]) => [
      path,
      text.replaceAll(/^.*version: .*\n/gm, "").replaceAll(/^.*"  version: .*\n/gm, ""),
    ]);
    await workspace.write(Object.fromEntries(past) as Record<string, string>);
    const one = await runProgram("phasewise", ["update", "orders", "--json"], { cwd: workspace.path });
    expect(JSON.parse(one.stdout)).toMatchObject({
      generations: 1,
      updated: ["modules/orders/module.ts"],
      conflicts: [],
    });
    const dry = await runProgram("phasewise", ["update", "--dry-run"], { cwd: workspace.path });
    expect(dry.stdout).toMatch(/^\+ {2}version: "1\.0\.0",$/m);
    expect((await runProgram("phasewise", ["update"], { cwd: workspace.path })).exitCode).toBe(0);
    expect(await workspace.sources()).toEqual(today);
  });

  it("updates an application, whose folder may have another name by now", async () => {
    await using folder = await temporaryFolder();
    await runProgram("phasewise", ["create", "app", "shop"], { cwd: folder.path });
    await rename(join(folder.path, "shop"), join(folder.path, "clone"));
    const { stdout } = await runProgram("phasewise", ["update"], { cwd: join(folder.path, "clone") });
    expect(stdout).toBe("Nothing to do: all is up to date.\n");
  });

  it("does not know a module that is not there, and names the closest", async () => {
    await using workspace = await recordedWorkspace();
    await workspace.addModule("orders");
    const { exitCode, stderr } = await runProgram("phasewise", ["update", "order"], { cwd: workspace.path });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("Did you mean orders?");
  });
});
