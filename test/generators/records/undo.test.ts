import { rename } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { runProgram } from "../program.js";
import { recordedWorkspace } from "./recorded-workspace.js";

const service = "modules/orders/mailer-service.ts";
const moduleFile = "modules/orders/module.ts";

describe("phasewise undo", () => {
  it("gives back the files of before, byte for byte, and takes the record along", async () => {
    await using workspace = await recordedWorkspace();
    const empty = await workspace.files();
    await workspace.addModule("orders");
    const before = await workspace.files();
    await workspace.addService("mailer", "orders");

    const first = await runProgram("phasewise", ["undo"], { cwd: workspace.path });
    expect(first).toMatchObject({ exitCode: 0, stderr: "" });
    expect(first.stdout).toMatch(/^Undone: 0002-service-mailer-[0-9a-f]{8}\n/);
    expect(await workspace.files()).toEqual(before);
    expect((await runProgram("phasewise", ["undo"], { cwd: workspace.path })).exitCode).toBe(0);
    expect(await workspace.files()).toEqual(empty);
  });

  it("keeps what was changed elsewhere in an edited file", async () => {
    await using workspace = await recordedWorkspace();
    await workspace.addModule("orders");
    const { [moduleFile]: before = "" } = await workspace.files();
    await workspace.addService("mailer", "orders");
    const { [moduleFile]: text = "" } = await workspace.files();
    await workspace.write({ [moduleFile]: `// Mine.\n${text}// Also mine.\n` });
    expect((await runProgram("phasewise", ["undo"], { cwd: workspace.path })).exitCode).toBe(0);
    expect((await workspace.files())[moduleFile]).toBe(`// Mine.\n${before}// Also mine.\n`);
  });

  it("takes back an older generation, and keeps the later one", async () => {
    await using workspace = await recordedWorkspace();
    await using other = await recordedWorkspace();
    for (const { addModule } of [workspace, other]) await addModule("orders");
    await workspace.addService("mailer", "orders");
    for (const { addModule } of [workspace, other]) await addModule("billing", ["orders"]);
    const { exitCode, stderr } = await runProgram("phasewise", ["undo", "mailer"], { cwd: workspace.path });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(await workspace.sources()).toEqual(await other.sources());
    expect((await workspace.records()).map((path) => path.slice(23, 27))).toEqual(["0001", "0003"]);
  });

  it("takes back an older generation whose lines a later one has changed, and then that one", async () => {
    await using workspace = await recordedWorkspace();
    await using other = await recordedWorkspace();
    for (const { addModule } of [workspace, other]) await addModule("orders");
    const before = await workspace.sources();
    await workspace.addService("mailer", "orders");
    const { [moduleFile]: between = "" } = await workspace.files();
    await workspace.write({ [moduleFile]: `// Mine, in between.\n${between}` });
    for (const { addService } of [workspace, other]) await addService("printer", "orders");
    const { exitCode, stderr } = await runProgram("phasewise", ["undo", "mailer"], { cwd: workspace.path });
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    const { [moduleFile]: text = "", ...rest } = await other.sources();
    expect(await workspace.sources()).toEqual({ ...rest, [moduleFile]: `// Mine, in between.\n${text}` });
    expect((await runProgram("phasewise", ["undo", "printer"], { cwd: workspace.path })).exitCode).toBe(0);
    expect(await workspace.sources()).toEqual({
      ...before,
      [moduleFile]: `// Mine, in between.\n${before[moduleFile]}`,
    });
  });

  it("keeps a file that was changed since, says so, and deletes it with --force", async () => {
    await using workspace = await recordedWorkspace();
    await workspace.addModule("orders");
    const before = await workspace.sources();
    await workspace.addService("mailer", "orders");
    await workspace.write({ [service]: "// all mine\n" });
    const kept = await runProgram("phasewise", ["undo"], { cwd: workspace.path });
    expect(kept.exitCode).toBe(1);
    expect(kept.stderr).toContain(`${service} was changed since it was generated, and is kept.`);
    expect(await workspace.sources()).toEqual({ ...before, [service]: "// all mine\n" });

    expect((await runProgram("phasewise", ["undo", "--force"], { cwd: workspace.path })).exitCode).toBe(0);
    expect(await workspace.sources()).toEqual(before);
    expect(await workspace.records()).toHaveLength(1);
  });

  it("names the later generation that has changed a file", async () => {
    await using workspace = await recordedWorkspace();
    await workspace.addModule("orders");
    await workspace.addService("mailer", "orders");
    const { exitCode, stderr } = await runProgram("phasewise", ["undo", "1"], { cwd: workspace.path });
    expect(exitCode).toBe(1);
    expect(stderr).toMatch(
      /modules\/orders\/module\.ts was changed by 0002-service-mailer-\w+, and is kept\. Undo that/,
    );
  });

  it("puts both sides between conflict markers where the same lines were changed", async () => {
    await using workspace = await recordedWorkspace();
    await workspace.addModule("orders");
    await workspace.addService("mailer", "orders");
    const { [moduleFile]: text = "" } = await workspace.files();
    await workspace.write({ [moduleFile]: text.replace("new MailerService()", "createMailer()") });
    const { exitCode, stderr } = await runProgram("phasewise", ["undo"], { cwd: workspace.path });
    expect(exitCode).toBe(1);
    expect(stderr).toContain(`${moduleFile} was changed on both sides in the same lines.`);
    const { [moduleFile]: merged = "" } = await workspace.files();
    expect(merged).toMatch(/^<<<<<<< yours\n.*createMailer\(\).*\n=======\n>>>>>>> before 0002-service-mailer-\w+$/m);
    expect(await workspace.records()).toHaveLength(1);
  });

  it("keeps the line ends of an edited file that git has checked out for Windows", async () => {
    await using workspace = await recordedWorkspace();
    await workspace.addModule("orders");
    const before = await workspace.sources();
    await workspace.addService("mailer", "orders");
    const toWindows = (text: string) => text.replaceAll("\n", "\r\n");
    const texts = Object.entries(await workspace.sources()).map(([path, text]) => [path, toWindows(text)] as const);
    await workspace.write(Object.fromEntries(texts));
    expect((await runProgram("phasewise", ["undo"], { cwd: workspace.path })).exitCode).toBe(0);
    const after = await workspace.sources();
    expect(after).toEqual(Object.fromEntries(Object.entries(before).map(([path, text]) => [path, toWindows(text)])));
  });

  it("follows a file that was moved, and deletes it where it is", async () => {
    await using workspace = await recordedWorkspace();
    await workspace.addModule("orders");
    const before = await workspace.sources();
    await workspace.addService("mailer", "orders");
    await rename(join(workspace.path, service), join(workspace.path, "modules/moved.ts"));
    expect((await runProgram("phasewise", ["undo"], { cwd: workspace.path })).exitCode).toBe(0);
    expect(await workspace.sources()).toEqual(before);
  });

  it("shows with --dry-run what it would do, and writes nothing", async () => {
    await using workspace = await recordedWorkspace();
    await workspace.addModule("orders");
    await workspace.addService("mailer", "orders");
    const before = await workspace.files();
    const { stdout, exitCode } = await runProgram("phasewise", ["undo", "--dry-run"], { cwd: workspace.path });
    expect(exitCode).toBe(0);
    expect(stdout).toMatch(/^-.*registerService\("orders\.mailer"/m);
    expect(stdout).not.toContain(".phasewise");
    expect(await workspace.files()).toEqual(before);
  });

  it("lists what can be undone, the last first", async () => {
    await using workspace = await recordedWorkspace();
    await workspace.addModule("orders");
    await workspace.addService("mailer", "orders");
    const { stdout } = await runProgram("phasewise", ["undo", "--list", "--json"], { cwd: workspace.path });
    expect(JSON.parse(stdout)).toMatchObject({
      generations: [
        { generator: "service", answers: { name: "mailer", module: "orders" } },
        { generator: "module", answers: { id: "orders" }, version: "0.1.0" },
      ],
    });
  });

  it.each([
    ["a generation that does not exist", ["undo", "nothing"], "There is no generation nothing. There are: 0001-module"],
    ["a name that several have", ["undo", "orders"], "2 generations are called orders."],
    ["--list with a generation", ["undo", "1", "--list"], "--list changes nothing."],
  ])("refuses %s as wrong usage", async (_, args, message) => {
    await using workspace = await recordedWorkspace();
    await workspace.addModule("orders");
    await workspace.addModule("reorders");
    const { exitCode, stderr } = await runProgram("phasewise", args, { cwd: workspace.path });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(message);
  });

  it("refuses a record that leads out of the workspace", async () => {
    const record = { answers: {}, files: { "../outside.ts": { text: ["x"] } }, generator: "module", version: "0.1.0" };
    await using workspace = await recordedWorkspace({
      ".phasewise/generations/0001-module.record": JSON.stringify(record),
    });
    const { exitCode, stderr } = await runProgram("phasewise", ["undo"], { cwd: workspace.path });
    expect(exitCode).toBe(1);
    expect(stderr).toContain('Refused to write "../outside.ts" outside the workspace');
  });

  it("names a record that cannot be read, with the remedy", async () => {
    await using workspace = await recordedWorkspace({ ".phasewise/generations/0001-module.record": "<<<<<<< HEAD\n" });
    const { exitCode, stderr } = await runProgram("phasewise", ["undo"], { cwd: workspace.path });
    expect(exitCode).toBe(2);
    expect(stderr).toContain(".phasewise/generations/0001-module.record is not the record of a generation. Restore it");
  });
});
