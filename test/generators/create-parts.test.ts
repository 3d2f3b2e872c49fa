import { symlink } from "node:fs/promises";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { runProgram } from "./program.js";
import { runSteps, type Step } from "./sample-ground.js";
import { emptyWorkspace, temporaryFolder } from "./temporary-folder.js";

const steps: readonly Step[] = [
  ["module", { id: "billing", dependsOn: [] }],
  ["service", { name: "mail-sender", module: "billing" }],
  ["event", { name: "invoice-paid", module: "billing" }],
  ["operation", { name: "choose-rates", module: "billing" }],
];

async function workspaceWithParts() {
  const folder = await temporaryFolder(emptyWorkspace);
  await runSteps(folder.path, steps);
  return folder;
}

describe("adding to a module", () => {
  it.each([
    ["method pay --service biling", "There is no service biling", "Did you mean billing?"],
    [
      "method pay --service billing.mail-sendr",
      "There is no service billing.mail-sendr",
      "Did you mean billing.mail-sender?",
    ],
    ["method pay --service nothing", "There is no service nothing", "There are: billing, billing.mail-sender."],
    ["method pay --service billing --codes not-found", `"not-found" is not an error code`, "Example: NOT_FOUND."],
    ["method pay --service billing --codes NOT_INITIALIZED", "the runtime answers with it by itself", "NOT_FOUND"],
    ["method class --service billing", `"class" is not the name of a method`, "reserved word"],
    ["event paid --module biling", "There is no module biling", "Did you mean billing?"],
    ["event paid-event --module billing", `"paid-event" is not the name of an event`, `leave out the ending "event"`],
    [
      "subscriber thank --module billing --event billing.invoice-payed",
      "There is no event",
      "Did you mean billing.invoice-paid?",
    ],
    ["subscriber thank --module billing --event paid", `"paid" is not the type of an event`, "the id of its module"],
    ["job tidy --module billing --every-ms soon", `"soon" is not a number of milliseconds`, "Example: 60000."],
    ["job tidy --module billing --every-ms 0", `"0" is not a number of milliseconds`, "from 1"],
    ["http-client rates --module billing --url ftp://x", `"ftp://x" is not the URL of a system`, "https://"],
    ["http-client rates --module billing --url https://a:b@x", "it may carry no user and no password", "Example"],
    [
      "command pay --module billing --operation chose-rates",
      "There is no operation chose-rates",
      "Did you mean choose-rates?",
    ],
    ["ci --provider githob", `"githob" is no provider.`, "Did you mean github?"],
  ])("%s ends with 1 and a way out, and writes nothing", async (command, problem, remedy) => {
    await using folder = await workspaceWithParts();
    const before = await folder.files();
    const outcome = await runProgram("phasewise", ["create", ...command.split(" ")], { cwd: folder.path });

    expect(outcome).toMatchObject({ exitCode: 1, stdout: "" });
    expect(outcome.stderr).toContain(problem);
    expect(outcome.stderr).toContain(remedy);
    expect(await folder.files()).toEqual(before);
  });

  it("uses an event that is declared already", async () => {
    await using folder = await workspaceWithParts();
    const args = ["create", "method", "pay", "--service", "billing.mail-sender", "--event", "invoice-paid", "--json"];
    const { stdout } = await runProgram("phasewise", args, { cwd: folder.path });
    expect(JSON.parse(stdout)).toMatchObject({
      created: ["modules/billing/mail-sender-service.pay.test.ts"],
      edited: ["modules/billing/mail-sender-service.ts"],
    });
  });
});

describe("a generator that was generated", () => {
  it("is a kind of its workspace", async () => {
    await using folder = await workspaceWithParts();
    await folder.write({ "phasewise.config.js": "export default {};\n" });
    await symlink(fileURLToPath(new URL("../../node_modules", import.meta.url)), join(folder.path, "node_modules"));
    const create = (...args: string[]) => runProgram("phasewise", ["create", ...args, "--json"], { cwd: folder.path });

    expect(await create("generator", "page")).toMatchObject({ exitCode: 0 });
    const { stdout } = await create("page", "overview", "--module", "billing");
    expect(JSON.parse(stdout)).toMatchObject({ generator: "page", created: ["modules/billing/overview.md"] });
  });

  it("needs a configuration to be named in", async () => {
    await using folder = await workspaceWithParts();
    const outcome = await runProgram("phasewise", ["create", "generator", "page"], { cwd: folder.path });
    expect(outcome).toMatchObject({ exitCode: 1, stderr: expect.stringContaining("Make phasewise.config.js") });
  });
});

describe("the list of what can be made", () => {
  it("is JSON for programs, with every question", async () => {
    const { stdout } = await runProgram("phasewise", ["create", "--list", "--json"], { cwd: "/" });
    const kinds = JSON.parse(stdout) as { name: string }[];
    expect(kinds.find(({ name }) => name === "job")).toEqual({
      name: "job",
      summary: "Add a background task to a module, run once or at intervals",
      questions: [
        { name: "name", form: "text", required: true, positional: true, message: expect.stringContaining("new job") },
        { name: "module", form: "text", required: true, positional: false, message: expect.stringContaining("Module") },
        {
          name: "every-ms",
          form: "text",
          required: false,
          positional: false,
          message: expect.stringContaining("runs"),
        },
      ],
      examples: [
        "phasewise create job refresh-rates --module billing --every-ms 60000",
        "phasewise create job warm-cache --module billing",
      ],
    });
  });
});
