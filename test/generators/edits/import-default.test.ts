import { describe, expect, it } from "vitest";
import { editText } from "../../../src/generators/edits/edit-text.js";
import { importDefault } from "../../../src/generators/edits/import-default.js";

const make = (before: string, name = "noGuess", from = "./rules/tasks/no-guess.js") =>
  editText("src/lint-rules/rules.ts", before, [importDefault(name, from)]);

const first = `import type { PluginRule } from './define-rule.js' // the type\n`;
const last = `import noSyncIo from './rules/tasks/no-sync-io.js' // the last\n`;

describe("importing a default export", () => {
  it("adds a line where the order of the files has its place, in the style of the others", () => {
    const line = `import noGuess from './rules/tasks/no-guess.js'\n`;
    expect(make(first + last)).toBe(first + line + last);
    expect(make(first)).toBe(first + line);
  });

  it("adds it below a licence header when it comes first", () => {
    const header = "// © Example Ltd.\n";
    expect(make(header + first, "add", "./add.js")).toBe(`${header}import add from './add.js'\n${first}`);
  });

  it("does nothing the second time", () => {
    expect(make(make(first + last))).toBe(make(first + last));
  });

  it("fails in a file without imports", () => {
    expect(() => make("export {};\n")).toThrow("src/lint-rules/rules.ts has no import to put another one beside");
  });
});
