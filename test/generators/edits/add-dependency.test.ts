import { describe, expect, it } from "vitest";
import { addDependency } from "../../../src/generators/edits/add-dependency.js";
import { editText } from "../../../src/generators/edits/edit-text.js";

const make = (before: string) => editText("package.json", before, [addDependency("pg", "^8.0.0")]);

describe("adding a dependency", () => {
  it("puts it where the order of names has its place, and touches nothing else", () => {
    const before = `{\r\n    "dependencies": {\r\n        "a": "1",\r\n        "z": "2"\r\n    },\r\n    "x": [ 1 ]\r\n}\r\n`;
    expect(make(before)).toBe(before.replace(`"1",\r\n`, `"1",\r\n        "pg": "^8.0.0",\r\n`));
  });

  it("puts it behind the last one, with the comma that it needs", () => {
    const before = `{\n\t"dependencies": {\n\t\t"a": "1"\n\t}\n}\n`;
    expect(make(before)).toBe(`{\n\t"dependencies": {\n\t\t"a": "1",\n\t\t"pg": "^8.0.0"\n\t}\n}\n`);
  });

  it.each([
    ["nothing", `{}`, `{\n  "dependencies": {\n    "pg": "^8.0.0"\n  }\n}`],
    ["no dependencies", `{\n  "a": 1\n}\n`, `{\n  "a": 1,\n  "dependencies": {\n    "pg": "^8.0.0"\n  }\n}\n`],
    ["empty dependencies", `{\n  "dependencies": {}\n}`, `{\n  "dependencies": {\n    "pg": "^8.0.0"\n  }\n}`],
    ["one line", `{"dependencies":{"z":"1"}}`, `{"dependencies":{"pg": "^8.0.0", "z":"1"}}`],
  ])("works where there is %s", (_, before, after) => {
    expect(make(before)).toBe(after);
  });

  it("leaves one that is there as it is, whatever its range", () => {
    const before = `{ "dependencies": { "pg": "file:../pg" } }`;
    expect(make(before)).toBe(before);
    expect(make(make(`{}`))).toBe(make(`{}`));
  });

  it("puts one that only development needs into the group for that", () => {
    const edit = addDependency("@types/pg", "^8.0.0", "devDependencies");
    const before = `{\n  "dependencies": {\n    "pg": "1"\n  }\n}`;
    const after = before.replace(`  }\n}`, `  },\n  "devDependencies": {\n    "@types/pg": "^8.0.0"\n  }\n}`);
    expect(editText("package.json", before, [edit])).toBe(after);
  });

  it.each([`[]`, `"text"`, `{ "dependencies": [] }`])("fails in %s", (before) => {
    expect(() => make(before)).toThrow("Nothing was written: package.json has no object");
  });
});
