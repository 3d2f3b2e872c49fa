import { describe, expect, it } from "vitest";
import { applyPlan } from "../../../src/generators/changes/apply.js";
import { createTextFile } from "../../../src/generators/changes/change.js";
import { resolvePlan } from "../../../src/generators/changes/plan.js";
import { carryOut } from "../../../src/generators/generate.js";
import { runProgram } from "../program.js";
import { emptyWorkspace, temporaryFolder } from "../temporary-folder.js";

describe("two runs at once on one workspace", { timeout: 60_000 }, () => {
  it("both succeed where they edit the same file", async () => {
    await using folder = await temporaryFolder(emptyWorkspace);
    await runProgram("create-module", ["orders"], { cwd: folder.path });
    const names = ["mailer", "printer", "archive"];
    const runs = names.map((name) =>
      runProgram("phasewise", ["create", "service", name, "--module", "orders"], { cwd: folder.path }),
    );

    for (const { exitCode, stderr } of await Promise.all(runs)) expect(exitCode, stderr).toBe(0);
    const files = await folder.files();
    for (const name of names) expect(files["modules/orders/module.ts"]).toContain(`"orders.${name}"`);
    const records = Object.keys(files).filter((path) => path.includes(".phasewise"));
    expect(records.filter((path) => path.includes("journal") || path.endsWith("-tmp"))).toEqual([]);
    expect(records).toHaveLength(1 + names.length);
  });

  it("are one after the other: the second says what it waits for", async () => {
    await using folder = await temporaryFolder(emptyWorkspace);
    let second: ReturnType<typeof runProgram> | undefined;
    const first = await runProgram("create-module", ["orders", "--no-record"], {
      cwd: folder.path,
      fault: "stop:6",
      onStderr: (_, stopped) => {
        second ??= runProgram("create-module", ["billing", "--no-record"], {
          cwd: folder.path,
          onStderr: (text) => text.includes("Waiting: ") && process.kill(stopped, "SIGCONT"),
        });
      },
    });

    expect(first).toMatchObject({ exitCode: 0, stderr: "fault injected\n" });
    expect(await second).toMatchObject({
      exitCode: 0,
      stderr: expect.stringMatching(/^Waiting: The process \d+ is changing this workspace/),
    });
    expect(Object.keys(await folder.files())).toHaveLength(7);
  });

  it("are refused when the first does not end", async () => {
    const journal = JSON.stringify({ pid: process.ppid, folders: [], writes: [] });
    await using folder = await temporaryFolder({ ".phasewise/journal.json": journal });
    const waits: string[] = [];
    const run = carryOut(folder.path, (root) => resolvePlan(root, [createTextFile("a.ts", "")]), {
      patience: { limitMs: 1, onWait: (reason) => void waits.push(reason) },
    });
    await expect(run).rejects.toMatchObject({ code: "BUSY" });
    expect(waits).toEqual([expect.stringContaining(`The process ${process.ppid} is changing this workspace`)]);
    expect(Object.keys(await folder.files())).toEqual([".phasewise/journal.json"]);
  });

  it("plan again where the workspace has changed after the plan was made", async () => {
    await using folder = await temporaryFolder({ "a.ts": "one" });
    let plans = 0;
    const makePlan = async (root: string) => {
      const arbiter = async () => "overwrite" as const;
      const plan = await resolvePlan(root, [createTextFile("a.ts", "mine")], { arbiter });
      if (++plans === 1) await folder.write({ "a.ts": "two" });
      return plan;
    };
    await carryOut(folder.path, makePlan, {});
    expect(plans).toBe(2);
    expect(await folder.files()).toEqual({ "a.ts": "mine" });
  });

  it("take over the journal of a process that has died, all at once", async () => {
    const writes = [{ path: "a.ts", before: "old", after: "half" }];
    const journal = JSON.stringify({ pid: 2 ** 30, folders: [], writes });
    await using folder = await temporaryFolder({
      ...emptyWorkspace,
      ".phasewise/journal.json": journal,
      "a.ts": "half",
    });
    const runs = ["orders", "billing", "stock"].map((id) =>
      runProgram("create-module", [id, "--no-record"], { cwd: folder.path }),
    );

    for (const { exitCode, stderr } of await Promise.all(runs)) expect(exitCode, stderr).toBe(0);
    const files = await folder.files();
    expect(files["a.ts"]).toBe("old");
    expect(Object.keys(files)).toHaveLength(2 + 3 * 3);
  });
});

it("a file that another program changes meanwhile keeps that change", async () => {
  await using folder = await temporaryFolder({ "a.ts": "one" });
  const plan = await resolvePlan(folder.path, [createTextFile("a.ts", "mine")], { arbiter: async () => "overwrite" });
  await folder.write({ "a.ts": "two" });
  await expect(applyPlan(plan)).rejects.toThrow("a.ts was changed by another program meanwhile");
  expect(await folder.files()).toEqual({ "a.ts": "two" });
});
