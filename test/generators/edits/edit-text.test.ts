import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { declareServiceType } from "../../../src/generators/edits/declare-service-type.js";
import { editText } from "../../../src/generators/edits/edit-text.js";
import { importName } from "../../../src/generators/edits/import-name.js";
import { initializeService } from "../../../src/generators/edits/initialize-service.js";
import { registerService } from "../../../src/generators/edits/register-service.js";
import { anyStyle, linesLost, syntaxErrors } from "./any-style.js";
import { moduleFile, unusualModuleFile } from "./module-file.js";

const edits = [
  importName("MailerService", "./mailer-service.js"),
  declareServiceType("orders.mailer", "MailerService"),
  registerService("orders.mailer", "MailerService"),
  initializeService("orders.mailer"),
];
const withoutSetup = moduleFile.replace(/\n\n  async setupModule[^]*?\n  \},/, "");
const make = (before: string) => editText("modules/orders/module.ts", before, edits);

describe("the edits that add a service, together", () => {
  it("write line ends as the file does", () => {
    for (const file of [moduleFile, unusualModuleFile]) {
      expect(make(file.replaceAll("\n", "\r\n"))).toBe(make(file).replaceAll("\n", "\r\n"));
    }
  });

  it("keep a byte order mark", () => {
    expect(make(`\uFEFF${moduleFile}`)).toBe(`\uFEFF${make(moduleFile)}`);
  });

  it("keep every line but the return, parse, and change nothing the second time, in any style", () => {
    fc.assert(
      fc.property(anyStyle(moduleFile, withoutSetup), (before) => {
        const after = make(before);
        expect(syntaxErrors(after)).toEqual([]);
        expect(make(after)).toBe(after);
        expect(linesLost(before, after).filter((line) => !line.trimStart().startsWith("return"))).toEqual([]);
      }),
      { numRuns: 100 },
    );
  });
});
