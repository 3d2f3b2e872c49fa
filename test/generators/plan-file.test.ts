import { createHash } from "node:crypto";
import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import type { PlanFile } from "../../src/generators/changes/plan-file.js";
import { version } from "../../src/generators/release.js";
import { runProgram } from "./program.js";
import { emptyWorkspace, temporaryFolder } from "./temporary-folder.js";

const addMailer = ["create", "service", "mailer", "--module", "orders"];

/** A workspace with a module, and a plan for a service of it. */
async function plannedWorkspace() {
  const folder = await temporaryFolder(emptyWorkspace);
  await runProgram("create-module", ["orders"], { cwd: folder.path });
  const before = await folder.files();
  const planned = await runProgram("phasewise", [...addMailer, "--plan", "plan.json"], { cwd: folder.path });
  const plan = JSON.parse((await folder.files())["plan.json"]!) as PlanFile & { digest: string };
  const apply = (...flags: readonly string[]) => {
    return runProgram("phasewise", ["apply", "plan.json", ...flags], { cwd: folder.path });
  };
  /** The plan with something else in it, and the digest that belongs to that. */
  const forge = (changed: object) => {
    const { digest: _, ...file } = { ...plan, ...changed };
    const digest = `sha256-${createHash("sha256").update(JSON.stringify(file)).digest("hex")}`;
    return folder.write({ "plan.json": JSON.stringify({ ...file, digest }) });
  };
  return { folder, before, planned, plan, apply, forge, [Symbol.asyncDispose]: () => folder[Symbol.asyncDispose]() };
}

describe("--plan", () => {
  it("writes the plan, with relative paths and the digests of what is there, and nothing else", async () => {
    await using workspace = await plannedWorkspace();
    expect(workspace.planned).toMatchObject({
      exitCode: 0,
      stderr: "The plan is in plan.json, and nothing else was written. Next: phasewise apply plan.json\n",
    });
    const digest = expect.stringMatching(/^sha256-[0-9a-f]{64}$/) as string;
    expect(workspace.plan).toMatchObject({
      format: 1,
      generator: "service",
      version,
      changes: [
        { path: "modules/orders/mailer-service.ts", base: null },
        { path: "modules/orders/mailer-service.test.ts", base: null },
        { path: "modules/orders/module.ts", base: digest },
        { path: expect.stringMatching(/^\.phasewise\/generations\/.*-service-mailer-.*\.record$/), base: null },
      ],
      digest,
    });
    const { "plan.json": text, ...files } = await workspace.folder.files();
    expect(text).not.toContain(workspace.folder.path);
    expect(files).toEqual(workspace.before);
  });

  it("is told before anything is asked when the file cannot be written", async () => {
    await using folder = await temporaryFolder(emptyWorkspace);
    const args = ["create", "module", "orders", "--plan", "nowhere/plan.json"];
    expect(await runProgram("phasewise", args, { cwd: folder.path })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("--plan nowhere/plan.json"),
    });
  });
});

describe("phasewise apply", () => {
  it("does what the command itself would have done", async () => {
    await using workspace = await plannedWorkspace();
    await using other = await temporaryFolder(workspace.before);
    const direct = await runProgram("phasewise", addMailer, { cwd: other.path });
    const applied = await workspace.apply();

    expect(applied).toMatchObject({ exitCode: 0, stderr: "" });
    expect(applied.stdout).toBe(direct.stdout.replace(other.path, workspace.folder.path));
    const { "plan.json": _, ...files } = await workspace.folder.files();
    expect(files).toEqual(await other.files());
  });

  it("shows what it would do as a dry run, also as JSON", async () => {
    await using workspace = await plannedWorkspace();
    const { stdout } = await workspace.apply("--dry-run", "--json");
    expect(JSON.parse(stdout)).toMatchObject({
      generator: "service",
      dryRun: true,
      edited: ["modules/orders/module.ts"],
      diff: expect.stringContaining("+++ b/modules/orders/mailer-service.ts"),
    });
    expect(await workspace.folder.files()).toMatchObject(workspace.before);
  });

  it("makes a new workspace below the current folder", async () => {
    await using folder = await temporaryFolder();
    const args = ["create", "app", "apps/shop", "--plan", "plan.json"];
    expect(await runProgram("phasewise", args, { cwd: folder.path })).toMatchObject({ exitCode: 0 });
    expect(Object.keys(await folder.files())).toEqual(["plan.json"]);
    const { exitCode, stdout } = await runProgram("phasewise", ["apply", "plan.json"], { cwd: folder.path });
    expect(exitCode).toBe(0);
    expect(stdout).toContain("  cd apps/shop\n");
    expect(await folder.files()).toHaveProperty(["apps/shop/package.json"]);
  });

  it.each([
    ["was edited", { "modules/orders/module.ts": "export {};\n" }, "modules/orders/module.ts has another text"],
    ["appeared", { "modules/orders/mailer-service.ts": "" }, "modules/orders/mailer-service.ts exists now"],
  ])("refuses when a file %s since", async (_, meanwhile, reason) => {
    await using workspace = await plannedWorkspace();
    await workspace.folder.write(meanwhile);
    expect(await workspace.apply()).toMatchObject({
      exitCode: 1,
      stderr: `Nothing was written. The workspace has changed since the plan was made: ${reason}. Make the plan again.\n`,
    });
    const { "plan.json": __, ...files } = await workspace.folder.files();
    expect(files).toEqual({ ...workspace.before, ...meanwhile });
  });

  it.each(["../evil.ts", "/etc/evil", "modules/../../evil.ts"])("refuses a plan that leads to %s", async (path) => {
    await using workspace = await plannedWorkspace();
    await workspace.forge({ changes: [{ path, base: null, text: "evil" }] });
    expect(await workspace.apply()).toMatchObject({
      exitCode: 1,
      stderr: expect.stringContaining(`Refused to write "${path}" outside the workspace`),
    });
  });

  it("refuses a plan whose new workspace is outside, and one that goes through a link", async () => {
    await using workspace = await plannedWorkspace();
    await workspace.forge({ folder: "../evil" });
    expect(await workspace.apply()).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("outside") });

    await using outside = await temporaryFolder();
    await symlink(outside.path, join(workspace.folder.path, "linked"));
    await workspace.forge({ changes: [{ path: "linked/evil.ts", base: null, text: "evil" }] });
    expect(await workspace.apply()).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("symbolic link") });
    expect(await outside.files()).toEqual({});
  });

  it.each([
    ["is cut off", (text: string) => text.slice(0, -20), "it is not JSON"],
    ["was changed", (text: string) => text.replace("Mailer", "Evil"), "it was changed after it was written"],
    ["is a list", () => "[]", "it is not a JSON object"],
    ["is of another format", (text: string) => text.replace(`"format": 1`, `"format": 9`), "its format is 9"],
    ["lacks its changes", (text: string) => text.replace(`"changes"`, `"chances"`), "it lacks something"],
  ])("refuses a plan that %s", async (_, corrupt, reason) => {
    await using workspace = await plannedWorkspace();
    await workspace.folder.write({ "plan.json": corrupt((await workspace.folder.files())["plan.json"]!) });
    const { exitCode, stderr } = await workspace.apply();
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`plan.json is no plan that can be applied: ${reason}`);
    expect(await workspace.folder.files()).toMatchObject(workspace.before);
  });

  it("says so when there is no such file", async () => {
    await using folder = await temporaryFolder(emptyWorkspace);
    expect(await runProgram("phasewise", ["apply", "nowhere.json"], { cwd: folder.path })).toMatchObject({
      exitCode: 2,
      stderr: expect.stringContaining("The plan nowhere.json cannot be read"),
    });
  });
});
