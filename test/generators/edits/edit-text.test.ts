import fc from "fast-check";
import { ts } from "ts-morph";
import { describe, expect, it } from "vitest";
import { declareServiceType } from "../../../src/generators/edits/declare-service-type.js";
import { editText } from "../../../src/generators/edits/edit-text.js";
import { importName } from "../../../src/generators/edits/import-name.js";
import { initializeService } from "../../../src/generators/edits/initialize-service.js";
import { registerService } from "../../../src/generators/edits/register-service.js";
import { moduleFile, unusualModuleFile } from "./module-file.js";

const edits = [
  importName("MailerService", "./mailer-service.js"),
  declareServiceType("orders.mailer", "MailerService"),
  registerService("orders.mailer", "MailerService"),
  initializeService("orders.mailer"),
];
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
      fc.property(anyModuleFile(), (before) => {
        const after = make(before);
        expect(syntaxErrors(after)).toEqual([]);
        expect(make(after)).toBe(after);
        expect(linesLost(before, after).filter((line) => !line.trimStart().startsWith("return"))).toEqual([]);
      }),
      { numRuns: 200 },
    );
  });
});

/** A module file in one of many styles, with comments of all kinds at the ends of some lines and above them. */
function anyModuleFile(): fc.Arbitrary<string> {
  const style = fc.record({
    indent: fc.constantFrom("  ", "    ", "\t"),
    quote: fc.constantFrom(`"`, `'`),
    end: fc.constantFrom(";", ""),
    lineEnd: fc.constantFrom("\n", "\r\n"),
    header: fc.constantFrom("", "#!/usr/bin/env node\n", "// © Example Ltd.\n\n", "/* licence */\n"),
    trailing: fc.constantFrom("", " // here", " /* here */"),
    above: fc.constantFrom("", "// @ts-ignore\n", "/* above */\n"),
    blank: fc.constantFrom("", "\n"),
    withSetup: fc.boolean(),
  });
  return style.map(({ indent, quote, end, lineEnd, header, trailing, above, blank, withSetup }) => {
    const source = withSetup ? moduleFile : moduleFile.replace(/\n\n  async setupModule[^]*?\n  \},/, "");
    const lines = source.split("\n").map((line) => {
      const code = line.trimStart();
      const margin = indent.repeat((line.length - code.length) / 2);
      const isStatement = code.endsWith(";");
      const text = code.replaceAll(`"`, quote).replace(/;$/, end);
      return isStatement ? (above && margin + above) + margin + text + trailing + blank : margin + text;
    });
    return (header + lines.join("\n")).replaceAll("\n", lineEnd);
  });
}

function syntaxErrors(text: string): readonly unknown[] {
  return ts.transpileModule(text, { reportDiagnostics: true }).diagnostics ?? [];
}

function linesLost(before: string, after: string): string[] {
  const left = after.split("\n");
  return before.split("\n").filter((line) => {
    const index = left.indexOf(line);
    if (index >= 0) left.splice(0, index + 1);
    return index < 0;
  });
}
