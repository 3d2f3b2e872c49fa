import { describe, expect, it } from "vitest";
import { addProperty } from "../../../src/generators/edits/add-property.js";
import { editText } from "../../../src/generators/edits/edit-text.js";

const make = (before: string, key = "no-guess") =>
  editText("src/lint-rules/rules.ts", before, [addProperty("rules", key, "noGuess")]);

const inRules = (properties: string) => `export const rules = {${properties}} satisfies object as object;\n`;

describe("adding a property", () => {
  it("puts it where the order of the keys has its place, and keeps comments", () => {
    const [before, after] = [`\n  // a\n  "no-a": a, // is a\n`, `  // sync\n  'no-sync-io': sync,\n`];
    expect(make(inRules(before + after))).toBe(inRules(`${before}  "no-guess": noGuess,\n${after}`));
  });

  it("puts it behind the last one, with and without a trailing comma", () => {
    const added = `\n  "no-guess": noGuess`;
    expect(make(inRules(`\n  "no-a": a, // is a\n`))).toBe(inRules(`\n  "no-a": a, // is a${added},\n`));
    expect(make(inRules(`\n  "no-a": a // is a\n`))).toBe(inRules(`\n  "no-a": a, // is a${added}\n`));
  });

  it("puts it behind what has no key", () => {
    expect(make(inRules(`\n  ...others,\n`))).toBe(inRules(`\n  ...others,\n  "no-guess": noGuess,\n`));
  });

  it("fills an empty object", () => {
    expect(make(inRules(""))).toBe(inRules(`\n  "no-guess": noGuess,\n`));
  });

  it("does nothing the second time, whatever the quotes", () => {
    expect(make(inRules(`\n  'no-guess': other,\n`))).toBe(inRules(`\n  'no-guess': other,\n`));
    expect(make(make(inRules("")))).toBe(make(inRules("")));
  });

  it.each(["const other = {};\n", "const rules = make();\n", "const rules = make({});\n", "let rules;\n"])(
    "fails in %j",
    (before) => {
      expect(() => make(before)).toThrow(
        "src/lint-rules/rules.ts has no constant rules with an object that is written out",
      );
    },
  );
});
