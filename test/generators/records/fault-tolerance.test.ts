import { beforeAll, describe, it } from "vitest";
import { runProgram } from "../program.js";
import { temporaryFolder, type Files } from "../temporary-folder.js";
import { recordedWorkspace } from "./recorded-workspace.js";

/** More than the changes that can be made without a journal, staging and publishing. */
const MANY = 8;

/** A generator of the workspace that makes these texts. */
function notes(texts: Files): Files {
  const changes = Object.entries(texts).map(([path, text]) => ({ kind: "text", path, text }));
  const definition = `{ name: "notes", summary: "Add notes", questions: {}, sample: {}, plan: async () => ${JSON.stringify(changes)} }`;
  return { "phasewise.config.mjs": `export default { generators: [${definition}] };\n` };
}

/** What is to be updated: one file to merge, one to make, one to remove, and the record. */
async function outdatedWorkspace(): Promise<Files> {
  await using workspace = await recordedWorkspace(notes({ "a.md": "one\ntwo\nthree\n", "old/b.md": "b\n" }));
  await runProgram("phasewise", ["create", "notes"], { cwd: workspace.path });
  await workspace.write({ "a.md": "ONE\ntwo\nthree\n", ...notes({ "a.md": "one\ntwo\nTHREE\n", "new/c.md": "c\n" }) });
  return workspace.files();
}

/** What is to be undone: two files to remove, one to merge, and the record. */
async function generatedWorkspace(): Promise<Files> {
  await using workspace = await recordedWorkspace();
  await workspace.addModule("orders");
  await workspace.addService("mailer", "orders");
  const { "modules/orders/module.ts": text = "" } = await workspace.files();
  await workspace.write({ "modules/orders/module.ts": `// Mine.\n${text}` });
  return workspace.files();
}

describe.concurrent.each([
  ["update", outdatedWorkspace],
  ["undo", generatedWorkspace],
])("phasewise %s", (command, prepare) => {
  let before: Files;
  let after: Files;

  beforeAll(async () => {
    before = await prepare();
    const { folder, outcome } = await run();
    await using _ = folder;
    after = await folder.files();
    if (outcome.exitCode !== 0) throw new Error(outcome.stderr);
  });

  /** A run of the built program, with one fault at its n-th change of the file system, on a workspace of its own. */
  async function run(fault?: string) {
    const folder = await temporaryFolder(before);
    const outcome = await runProgram("phasewise", [command], { cwd: folder.path, ...(fault && { fault }) });
    return { folder, outcome, isInjected: outcome.stderr.includes("fault injected") };
  }

  it(
    "is taken back or found complete by the next run, at whichever change it is killed",
    { timeout: 180_000 },
    async ({ expect }) => {
      let recoveries = 0;
      for (let n = 1; ; n++) {
        const { folder, outcome, isInjected } = await run(`kill:${n}`);
        await using _ = folder;
        if (!isInjected) break;
        expect(outcome.exitCode).toBe(-1);
        const next = await runProgram("create-module", ["billing", "--no-record"], { cwd: folder.path });
        expect(next.exitCode, `change ${n}: ${next.stderr}`).toBe(0);
        recoveries += Number(next.stderr.includes("An earlier run was interrupted"));
        const files = Object.entries(await folder.files()).filter(([path]) => !path.startsWith("modules/billing/"));
        expect([before, after], `change ${n}`).toContainEqual(Object.fromEntries(files));
      }
      expect(after).not.toEqual(before);
      expect(recoveries).toBeGreaterThan(MANY);
    },
  );

  it(
    "leaves the old state and says so, or the new one, at whichever change the disk is full",
    { timeout: 180_000 },
    async ({ expect }) => {
      let taken = 0;
      for (let n = 1; ; n++) {
        const { folder, outcome, isInjected } = await run(`fill:${n}`);
        await using _ = folder;
        if (!isInjected) break;
        expect(await folder.files(), `change ${n}: ${outcome.stderr}`).toEqual(outcome.exitCode === 0 ? after : before);
        taken += Number(outcome.stderr.includes("Nothing was changed: ENOSPC"));
      }
      expect(taken).toBeGreaterThan(MANY);
    },
  );
});
