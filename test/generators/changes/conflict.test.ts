import { describe, expect, it } from "vitest";
import { applyPlan } from "../../../src/generators/changes/apply.js";
import { createTextFile } from "../../../src/generators/changes/change.js";
import { alwaysResolve, type Conflict, type Resolution } from "../../../src/generators/changes/conflict.js";
import { resolvePlan, type Settling } from "../../../src/generators/changes/plan.js";
import { temporaryFolder } from "../temporary-folder.js";

const present = { "a.ts": "one\nmine\n", "b.ts": "theirs\n" };
const changes = [createTextFile("a.ts", "one\nnew\n"), createTextFile("b.ts", "b\n"), createTextFile("c.ts", "c\n")];

async function filesAfter(settling: Settling) {
  await using folder = await temporaryFolder(present);
  await applyPlan(await resolvePlan(folder.path, changes, settling));
  return folder.files();
}

describe("a file that is in the way", () => {
  it.each<[Resolution, object]>([
    ["skip", { ...present, "c.ts": "c\n" }],
    ["overwrite", { "a.ts": "one\nnew\n", "b.ts": "b\n", "c.ts": "c\n" }],
    [
      "merge",
      {
        "a.ts": "one\n<<<<<<< a.ts\nmine\n=======\nnew\n>>>>>>> new\n",
        "b.ts": "<<<<<<< b.ts\ntheirs\n=======\nb\n>>>>>>> new\n",
        "c.ts": "c\n",
      },
    ],
  ])("is settled by %s, and everything else is written", async (resolution, files) => {
    expect(await filesAfter({ arbiter: alwaysResolve(resolution) })).toEqual(files);
  });

  it("calls the whole plan off with abort, naming all of them", async () => {
    await using folder = await temporaryFolder(present);
    await expect(resolvePlan(folder.path, changes, { arbiter: alwaysResolve("abort") })).rejects.toMatchObject({
      code: "CONFLICT",
      message: "Nothing was written: a.ts exists already; b.ts exists already.",
    });
  });

  it("is decided one after another, with both texts before the eyes", async () => {
    const seen: Conflict[] = [];
    const arbiter = async (conflict: Conflict) => {
      seen.push(conflict);
      return conflict.path === "a.ts" ? ("overwrite" as const) : ("skip" as const);
    };
    expect(await filesAfter({ arbiter })).toEqual({ "a.ts": "one\nnew\n", "b.ts": "theirs\n", "c.ts": "c\n" });
    expect(seen).toEqual([
      { path: "a.ts", present: "one\nmine\n", wanted: "one\nnew\n", base: undefined },
      { path: "b.ts", present: "theirs\n", wanted: "b\n", base: undefined },
    ]);
  });

  it("is merged three ways where it is known what a generator once gave it", async () => {
    const files = await filesAfter({
      arbiter: alwaysResolve("merge"),
      baseOf: async (path) => (path === "a.ts" ? "one\nnew\n" : "b\n"),
    });
    expect(files).toEqual({ ...present, "c.ts": "c\n" });
  });

  it("is not asked about when the plan cannot be made anyway", async () => {
    await using folder = await temporaryFolder({ ...present, "d/e.ts": "" });
    const arbiter = () => Promise.reject(new Error("asked"));
    await expect(resolvePlan(folder.path, [...changes, createTextFile("d", "")], { arbiter })).rejects.toThrow(
      "Nothing was written: a.ts exists already; b.ts exists already; d exists already, and is no file.",
    );
  });

  it("is left alone when it changes while the question is open", async () => {
    await using folder = await temporaryFolder(present);
    const plan = await resolvePlan(folder.path, changes, { arbiter: alwaysResolve("overwrite") });
    await folder.write({ "b.ts": "changed\n" });
    await expect(applyPlan(plan)).rejects.toThrow("b.ts was changed by another program meanwhile");
    expect(await folder.files()).toEqual({ ...present, "b.ts": "changed\n" });
  });
});
