import { describe, expect, it } from "vitest";
import { addTableRow } from "../../../src/generators/edits/add-table-row.js";
import { editText } from "../../../src/generators/edits/edit-text.js";

const make = (before: string, cells = ["`no-b`", "b"]) => editText("README.md", before, [addTableRow("rule", cells)]);

const other = `# Packages\n\n| package | rule |\n| ------- | ---- |\n| a       | b    |\n\n`;
const rules = `| rule   | reports |\n| ------ | ------- |\n| \`no-a\` | a       |`;

describe("adding a row to a table", () => {
  it("puts it below the last one of the table with this heading, as wide as its columns", () => {
    const row = "\n| `no-b` | b       |";
    expect(make(`${other}${rules}\n\nThe end.\n`)).toBe(`${other}${rules}${row}\n\nThe end.\n`);
    expect(make(other + rules)).toBe(other + rules + row);
  });

  it("writes a cell that is wider than its column in full", () => {
    expect(make(rules, ["`no-b`", "a long text"])).toBe(`${rules}\n| \`no-b\` | a long text |`);
  });

  it("writes line ends as the file does", () => {
    const windows = (text: string) => text.replaceAll("\n", "\r\n");
    expect(make(windows(`${other}${rules}\n`))).toBe(windows(make(`${other}${rules}\n`)));
  });

  it("does nothing when there is a row with this first cell", () => {
    expect(make(make(rules))).toBe(make(rules));
    expect(make(make(rules), ["`no-b`", "changed"])).toBe(make(rules));
  });

  it.each([other, "# Rules\n\n| rule |\n"])("fails without such a table: %j", (before) => {
    expect(() => make(before)).toThrow(`README.md has no table whose first column is headed "rule"`);
  });
});
