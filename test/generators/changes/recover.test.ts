import { describe, expect, it } from "vitest";
import { recover } from "../../../src/generators/changes/recover.js";
import { temporaryFolder, type Files } from "../temporary-folder.js";

// No process has this id: it is beyond the highest one that systems hand out.
const deadPid = 2 ** 30;

function journalOf(writes: readonly { path: string; before: string | null; after: string }[]): Files {
  return { ".phasewise/journal.json": JSON.stringify({ pid: deadPid, folders: [".phasewise", "x"], writes }) };
}

const writes = [
  { path: "x/new.ts", before: null, after: "new" },
  { path: "old.ts", before: "old", after: "edited" },
];

describe("recovering an interrupted run", () => {
  it("takes back what was written, and what was only staged", async () => {
    const staged = { "x/.new.ts.phasewise-tmp": "new", ".old.ts.phasewise-tmp": "edited" };
    await using folder = await temporaryFolder({
      ...journalOf(writes),
      ...staged,
      "x/new.ts": "new",
      "old.ts": "edited",
    });

    expect(await recover(folder.path)).toBe(true);
    expect(await folder.files()).toEqual({ "old.ts": "old" });
    expect(await recover(folder.path)).toBe(false);
  });

  it("leaves alone what somebody has changed since", async () => {
    const changed = { "x/new.ts": "new, and improved", "old.ts": "edited, and improved" };
    await using folder = await temporaryFolder({ ...journalOf(writes), ...changed });

    expect(await recover(folder.path)).toBe(true);
    expect(await folder.files()).toEqual(changed);
  });

  it("refuses a journal that leads out of the workspace", async () => {
    await using outside = await temporaryFolder({ "old.ts": "edited" });
    const path = `../${outside.path.split("/").at(-1)}/old.ts`;
    await using folder = await temporaryFolder(journalOf([{ path, before: "evil", after: "edited" }]));

    await expect(recover(folder.path)).rejects.toMatchObject({ code: "OUTSIDE_WORKSPACE" });
    expect(await outside.files()).toEqual({ "old.ts": "edited" });
  });

  it("waits for nobody: a run that is still at work is an error", async () => {
    const journal = JSON.stringify({ pid: process.ppid, folders: [], writes });
    await using folder = await temporaryFolder({ ".phasewise/journal.json": journal, "old.ts": "edited" });

    await expect(recover(folder.path)).rejects.toMatchObject({ code: "BUSY" });
    expect(await folder.files()).toMatchObject({ "old.ts": "edited" });
  });

  it("says what to do about a journal that cannot be read", async () => {
    await using folder = await temporaryFolder({ ".phasewise/journal.json": "{" });
    await expect(recover(folder.path)).rejects.toThrow("Delete it, and look over the last changes");
  });

  it("does nothing in a workspace without one", async () => {
    await using folder = await temporaryFolder({ "a.ts": "" });
    expect(await recover(folder.path)).toBe(false);
    expect(await folder.files()).toEqual({ "a.ts": "" });
  });
});
