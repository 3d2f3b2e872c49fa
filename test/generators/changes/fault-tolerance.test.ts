import { createHash } from "node:crypto";
import { chmod, stat } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runProgram } from "../program.js";
import { emptyWorkspace, temporaryFolder, type Files } from "../temporary-folder.js";

/** A plan that makes one file, edits one that is executable, and removes one with its folder. */
const changes = [
  { path: "new/made.ts", base: null, text: "made\n" },
  { path: "run.sh", base: digestOf("run\n"), text: "run faster\n" },
  { path: "old/gone.ts", base: digestOf("gone\n"), text: null },
];
const before: Files = {
  ...emptyWorkspace,
  ...planFile(),
  "run.sh": "run\n",
  "old/gone.ts": "gone\n",
  "old/b/c.ts": "c\n",
};
const after: Files = {
  ...emptyWorkspace,
  ...planFile(),
  "new/made.ts": "made\n",
  "run.sh": "run faster\n",
  "old/b/c.ts": "c\n",
};

function digestOf(text: string): string {
  return `sha256-${createHash("sha256").update(text).digest("hex")}`;
}

function planFile(): Files {
  const origin = { generator: "test", version: "1.0.0", folder: null, workspaceFile: null, nextSteps: [] };
  const file = { format: 1, ...origin, changes };
  return { "plan.json": JSON.stringify({ ...file, digest: digestOf(JSON.stringify(file)) }) };
}

/** A run of the built program with one fault at its n-th change of the file system, on a workspace of its own. */
async function runWithFault(fault: string, n: number) {
  const folder = await temporaryFolder(before);
  await chmod(join(folder.path, "run.sh"), 0o750);
  const outcome = await runProgram("phasewise", ["apply", "plan.json"], { cwd: folder.path, fault: `${fault}:${n}` });
  const isInjected = outcome.stderr.includes("fault injected");
  if (!isInjected) expect(outcome).toMatchObject({ exitCode: 0, stderr: "" });
  return { ...outcome, folder, isInjected };
}

async function modeIn(path: string): Promise<number> {
  return (await stat(join(path, "run.sh"))).mode & 0o777;
}

/** More than the changes that can be made without a journal, staging and publishing. */
const MANY = 8;

describe.concurrent.each(["fail", "fill"])("a run that meets a full disk (%s)", (fault) => {
  it(
    "leaves the old state and says so, or the new one, whichever change fails, and keeps modes",
    { timeout: 180_000 },
    async ({ expect }) => {
      let taken = 0;
      for (let n = 1; ; n++) {
        const { folder, exitCode, stderr, isInjected } = await runWithFault(fault, n);
        await using _ = folder;
        if (!isInjected) break;
        expect(await folder.files(), `change ${n}`).toEqual(exitCode === 0 ? after : before);
        expect(await modeIn(folder.path), `change ${n}`).toBe(0o750);
        if (exitCode !== 0) taken += Number(stderr.includes("Nothing was changed: ENOSPC"));
      }
      expect(taken).toBeGreaterThan(MANY);
    },
  );
});

describe.concurrent.each(["kill", "tear"])("a run that is killed (%s)", (fault) => {
  it(
    "is taken back or found complete by the next run, whichever change it was at, and modes are kept",
    { timeout: 180_000 },
    async ({ expect }) => {
      let recoveries = 0;
      for (let n = 1; ; n++) {
        const { folder, exitCode, isInjected } = await runWithFault(fault, n);
        await using _ = folder;
        if (!isInjected) break;
        expect(exitCode).toBe(-1);
        const next = await runProgram("create-module", ["billing", "--no-record"], { cwd: folder.path });
        expect(next.exitCode, `change ${n}: ${next.stderr}`).toBe(0);
        recoveries += Number(next.stderr.includes("An earlier run was interrupted"));
        const files = Object.entries(await folder.files()).filter(([path]) => !path.startsWith("modules/billing/"));
        expect([before, after], `change ${n}`).toContainEqual(Object.fromEntries(files));
        expect(await modeIn(folder.path), `change ${n}`).toBe(0o750);
      }
      expect(recoveries).toBeGreaterThan(MANY);
    },
  );
});

describe.concurrent("a recovery that is killed itself", () => {
  it("is completed by the next run, whichever change it was at", { timeout: 180_000 }, async ({ expect }) => {
    const recover = ["create", "module", "billing", "--no-record"];
    let kills = 0;
    for (let n = 1; ; n++) {
      // The sixteenth change is late: most of the plan is published by then.
      const { folder } = await runWithFault("kill", 16);
      await using _ = folder;
      const second = await runProgram("phasewise", recover, { cwd: folder.path, fault: `kill:${n}` });
      if (!second.stderr.includes("fault injected") || n > 16) break;
      kills++;
      const third = await runProgram("phasewise", ["create", "module", "orders", "--no-record"], { cwd: folder.path });
      expect(third.exitCode, `change ${n}: ${third.stderr}`).toBe(0);
      const files = Object.entries(await folder.files()).filter(([path]) => !path.startsWith("modules/"));
      expect([before, after], `change ${n}`).toContainEqual(Object.fromEntries(files));
    }
    expect(kills).toBeGreaterThan(MANY);
  });
});
