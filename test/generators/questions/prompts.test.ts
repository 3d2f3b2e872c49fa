import { describe, expect, it } from "vitest";
import { promptFor } from "../../../src/generators/adapters/prompts.js";
import { searchAmong } from "../../../src/generators/adapters/search.js";
import { existingModule, existingModules, newModuleId } from "../../../src/generators/questions/module-id.js";
import { isWithout } from "../installed-program.js";
import { runProgram } from "../program.js";
import { emptyWorkspace, temporaryFolder, type Files } from "../temporary-folder.js";
import { runOnTerminal } from "../terminal.js";

const typing = { isFinal: false };

interface LinePrompt {
  readonly type: string;
  filter(value: string): string;
  validate(value: string): string | true;
  transformer(value: string, answers: object, flags: { isFinal: boolean }): string;
}

function linePrompt(...[name, question, choices]: Parameters<typeof promptFor>): LinePrompt {
  return promptFor(name, question, choices) as unknown as LinePrompt;
}

describe("a prompt for a text", () => {
  it("says while it is typed what is wrong, and nothing before that and after it", () => {
    const { transformer, validate, filter } = linePrompt("id", newModuleId(), []);
    expect(transformer("Orders", {}, typing)).toContain("only lower-case words");
    expect(transformer("orders", {}, typing)).toBe("orders");
    expect(transformer("", {}, typing)).toBe("");
    expect(transformer("Orders", {}, { isFinal: true })).toBe("Orders");
    expect(validate("Orders")).toContain("is not a module id");
    expect(validate(filter(" orders "))).toBe(true);
  });
});

describe("a prompt for a module", () => {
  it("is a list where there are modules, and a line of text where there are none", () => {
    expect(promptFor("module", existingModule(), ["a", "b"])).toMatchObject({ type: "list", choices: ["a", "b"] });
    expect(promptFor("module", existingModule(), [])).toMatchObject({ type: "input" });
    expect(promptFor("modules", existingModules("Modules"), ["a"])).toMatchObject({ type: "checkbox" });
  });

  it("is a search where there are many: it shows what has the typed text in its name, from the beginning first", () => {
    const { message, source } = searchAmong("Module", ["core.mail", "mail", "orders"]);
    expect(message).toBe("Module (type a part of it; there are 3)");
    expect(source(undefined)).toEqual(["core.mail", "mail", "orders"]);
    expect(source(" Mail ")).toEqual(["mail", "core.mail"]);
    expect(source("nothing")).toEqual([]);
  });
});

describe.skipIf(await isWithout("script"))("on a terminal", () => {
  const many = Object.fromEntries(Array.from({ length: 30 }, (_, index) => [`modules/unit-${index}/module.ts`, ""]));
  const open = async (files: Files = {}) => {
    const folder = await temporaryFolder({ ...emptyWorkspace, ...files });
    await runProgram("create-module", ["orders", "--no-record"], { cwd: folder.path });
    return folder;
  };

  it("what is needed is asked for, and a module is searched among many by a part of its name", async () => {
    await using folder = await open(many);
    const { exitCode, screen } = await runOnTerminal(["create", "service"], folder.path, [
      [/Name of the new service/, "mailer\r"],
      [/Module of the workspace.*there are 31/s, "ders"],
      [/❯ orders/, "\r"],
    ]);
    expect({ exitCode, screen }).toMatchObject({ exitCode: 0 });
    expect(Object.keys(await folder.files())).toContain("modules/orders/mailer-service.ts");
  });

  it("a module is chosen from a list of few", async () => {
    await using folder = await open({ "modules/billing/module.ts": "" });
    const { exitCode } = await runOnTerminal(["create", "service", "mailer"], folder.path, [
      [/❯ billing/, "\u001B[B"],
      [/❯ orders/, "\r"],
    ]);
    expect(exitCode).toBe(0);
    expect(Object.keys(await folder.files())).toContain("modules/orders/mailer-service.ts");
  });

  it("a search that is called off ends with 1, and nothing is written", async () => {
    await using folder = await open(many);
    const before = await folder.files();
    const { exitCode, screen } = await runOnTerminal(["create", "service", "mailer"], folder.path, [
      [/Module of the workspace/, "\u0003"],
    ]);
    expect(exitCode).toBe(1);
    expect(screen).toContain("Nothing was written: the question was called off.");
    expect(await folder.files()).toEqual(before);
  });

  it("a file in the way is asked about, also where the whole module is there", async () => {
    await using folder = await open();
    await folder.write({ "modules/orders/module.ts": "// mine\n" });
    const { exitCode } = await runOnTerminal(["create", "module", "orders", "--no-record"], folder.path, [
      [/modules\/orders\/module\.ts exists already\. Overwrite it\?/, "n\r"],
    ]);
    expect(exitCode).toBe(0);
    expect((await folder.files())["modules/orders/module.ts"]).toBe("// mine\n");
  });
});
