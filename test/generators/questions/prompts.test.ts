import { describe, expect, it } from "vitest";
import { promptFor } from "../../../src/generators/adapters/prompts.js";
import { existingModule, existingModules, newModuleId } from "../../../src/generators/questions/module-id.js";
import { memoryProject } from "../../../src/generators/testing/memory-project.js";

const project = (...ids: string[]) =>
  memoryProject(Object.fromEntries(ids.map((id) => [`modules/${id}/module.ts`, ""])));
const many = Array.from({ length: 30 }, (_, index) => `unit-${index}`);
const typing = { isFinal: false };

interface LinePrompt {
  readonly type: string;
  filter(value: string): string;
  validate(value: string): string | true;
  transformer(value: string, answers: object, flags: { isFinal: boolean }): string;
}

async function linePrompt(...[name, question, ground]: Parameters<typeof promptFor>): Promise<LinePrompt> {
  return (await promptFor(name, question, ground)) as unknown as LinePrompt;
}

describe("a prompt for a text", () => {
  it("says while it is typed what is wrong, and nothing before that and after it", async () => {
    const { transformer, validate, filter } = await linePrompt("id", newModuleId(), project());
    expect(transformer("Orders", {}, typing)).toContain("only lower-case words");
    expect(transformer("orders", {}, typing)).toBe("orders");
    expect(transformer("", {}, typing)).toBe("");
    expect(transformer("Orders", {}, { isFinal: true })).toBe("Orders");
    expect(validate("Orders")).toContain("is not a module id");
    expect(validate(filter(" orders "))).toBe(true);
  });
});

describe("a prompt for a module", () => {
  it("is a list while there are few, and a line of text while there are none", async () => {
    expect(await promptFor("module", existingModule(), project("a", "b"))).toMatchObject({
      type: "list",
      choices: ["a", "b"],
    });
    expect(await promptFor("module", existingModule(), project())).toMatchObject({ type: "input" });
    expect(await promptFor("modules", existingModules("Modules"), project("a"))).toMatchObject({ type: "checkbox" });
  });

  it("is a search when there are many: it shows what fits, and takes what is left", async () => {
    const { type, transformer, validate, filter } = await linePrompt("module", existingModule(), project(...many));
    expect(type).toBe("input");
    expect(transformer("unit-2", {}, typing)).toContain("unit-2, unit-20, unit-21");
    expect(filter("29")).toBe("unit-29");
    expect(filter("unit-2")).toBe("unit-2");
    expect(validate("unit-2")).toBe(true);
    expect(validate(filter("nothing"))).toContain("none has this in its name");
    expect(validate(filter("1"))).toContain("unit-1, unit-10");
    expect(validate("unti-5")).toContain("Did you mean unit-5?");
  });
});
