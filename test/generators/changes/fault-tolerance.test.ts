import { describe, expect, it } from "vitest";
import { runProgram } from "../program.js";
import { emptyWorkspace, temporaryFolder, type Files } from "../temporary-folder.js";

const addMailer = ["create", "service", "mailer", "--module", "orders"];

/** A run of the built program with one fault at its n-th change of the file system, on a workspace of its own. */
async function runWithFault(fault: string, n: number, { before }: States) {
  const folder = await temporaryFolder(before);
  const outcome = await runProgram("phasewise", addMailer, { cwd: folder.path, fault: `${fault}:${n}` });
  const isInjected = outcome.stderr.includes("fault injected");
  if (!isInjected) expect(outcome).toMatchObject({ exitCode: 0, stderr: "" });
  return { ...outcome, folder, isInjected };
}

interface States {
  readonly before: Files;
  readonly after: Files;
}

async function fileStates(): Promise<States> {
  await using folder = await temporaryFolder(emptyWorkspace);
  expect(await runProgram("create-module", ["orders"], { cwd: folder.path })).toMatchObject({ exitCode: 0 });
  const before = await folder.files();
  expect(await runProgram("phasewise", addMailer, { cwd: folder.path })).toMatchObject({ exitCode: 0 });
  return { before, after: await folder.files() };
}

describe.concurrent("a run that meets a full disk", () => {
  it(
    "leaves the old state and says so, or the new one, whichever change fails",
    { timeout: 180_000 },
    async ({ expect }) => {
      const states = await fileStates();
      let taken = 0;
      for (let n = 1; ; n++) {
        const { folder, exitCode, stderr, isInjected } = await runWithFault("fail", n, states);
        await using _ = folder;
        if (!isInjected) break;
        expect(await folder.files(), `change ${n}`).toEqual(exitCode === 0 ? states.after : states.before);
        if (exitCode !== 0) taken += Number(stderr.includes("Nothing was changed: ENOSPC"));
      }
      expect(taken).toBeGreaterThan(8);
    },
  );
});

describe.concurrent("a run that is killed before a change", () => {
  it(
    "is taken back or found complete by the next run, whichever change it was",
    { timeout: 180_000 },
    async ({ expect }) => {
      const states = await fileStates();
      let recoveries = 0;
      for (let n = 1; ; n++) {
        const { folder, exitCode, isInjected } = await runWithFault("kill", n, states);
        await using _ = folder;
        if (!isInjected) break;
        expect(exitCode).toBe(-1);
        const next = await runProgram("create-module", ["billing"], { cwd: folder.path });
        expect(next.exitCode).toBe(0);
        recoveries += Number(next.stderr.includes("An earlier run was interrupted"));
        const files = Object.entries(await folder.files()).filter(([path]) => !path.startsWith("modules/billing/"));
        expect([states.before, states.after], `change ${n}`).toContainEqual(Object.fromEntries(files));
      }
      expect(recoveries).toBeGreaterThan(8);
    },
  );
});
