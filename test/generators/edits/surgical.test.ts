import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { addMethod } from "../../../src/generators/edits/add-method.js";
import { declareDependency } from "../../../src/generators/edits/declare-dependency.js";
import { declareEvent } from "../../../src/generators/edits/declare-event.js";
import { editText } from "../../../src/generators/edits/edit-text.js";
import type { Edit } from "../../../src/generators/edits/edit.js";
import { importType } from "../../../src/generators/edits/import-type.js";
import { keepContext } from "../../../src/generators/edits/keep-context.js";
import { nameGenerator } from "../../../src/generators/edits/name-generator.js";
import { namePlugin } from "../../../src/generators/edits/name-plugin.js";
import { readSettings } from "../../../src/generators/edits/read-settings.js";
import { registerLazyService } from "../../../src/generators/edits/register-lazy-service.js";
import { registerSettings } from "../../../src/generators/edits/register-settings.js";
import { runInBackground } from "../../../src/generators/edits/run-in-background.js";
import { subscribe } from "../../../src/generators/edits/subscribe.js";
import { anyStyle, linesLost, syntaxErrors } from "./any-style.js";
import { moduleFile } from "./module-file.js";
import { serviceFile, serviceFileWithHook, serviceFileWithPlainHook } from "./service-file.js";

const version = `  version: "1.0.0",\n`;
const depending = moduleFile.replace(version, `${version}  dependencies: ["core.database"],\n`);
const dependingOnMore = moduleFile.replace(
  version,
  `${version}  dependencies: [\n    "core.database",\n    "mail",\n  ],\n`,
);
const withoutHooks = moduleFile.replace(/\n\n  async initialize[^]*?\n  \},\n\}\);/, "\n});");

/** Edits by name; how many lines of the file each may change beside those that it adds. */
const moduleEdits: Readonly<Record<string, { edit: Edit; changed: number }>> = {
  declareDependency: { edit: declareDependency("billing"), changed: 1 },
  declareEvent: { edit: declareEvent("orders.order-placed", "OrderPlaced"), changed: 0 },
  importType: { edit: importType("OrderPlaced", "./order-placed-event.js"), changed: 0 },
  subscribe: { edit: subscribe("billing.invoice-paid", "sendGoods"), changed: 1 },
  registerSettings: { edit: registerSettings("ordersSettings"), changed: 1 },
  registerLazyService: { edit: registerLazyService("orders.pdf", "PdfService"), changed: 1 },
  readSettings: { edit: readSettings("ordersSettings"), changed: 1 },
  runInBackground: { edit: runInBackground("tidy up", "tidyUp"), changed: 1 },
};
const payOrder = { name: "payOrder", codes: ["NOT_FOUND", "PAID_ALREADY"], event: "orders.paid" };
const serviceEdits: typeof moduleEdits = {
  addMethod: { edit: addMethod("OrdersService", payOrder), changed: 0 },
  keepContext: { edit: keepContext("OrdersService"), changed: 1 },
  importType: { edit: importType("ActivationContext", "@phasewise/runtime"), changed: 1 },
};

const configuration = `import { defineConfig } from "phasewise";

// What holds here.
export default defineConfig({
  extends: "recommended",
  ignores: ["dist"],
});
`;
const naming = configuration.replace("ignores: [", `generators: ["./generators/note.ts"],\n  ignores: [`);
const configurationEdits: typeof moduleEdits = {
  nameGenerator: { edit: nameGenerator("./generators/page.ts"), changed: 1 },
  namePlugin: { edit: namePlugin("lintRules"), changed: 1 },
};

/** True when only characters were added; white space does not count, for that of empty braces gives way to lines. */
function keepsAll(before: string, after: string): boolean {
  let place = 0;
  return [...before.replaceAll(/\s/g, "")].every((character) => (place = after.indexOf(character, place) + 1) > 0);
}

describe("an edit, in a file of any style,", () => {
  it.each([
    ["of a module", moduleEdits, [moduleFile, depending, dependingOnMore, withoutHooks]],
    ["of a service", serviceEdits, [serviceFile, serviceFileWithHook, serviceFileWithPlainHook]],
    ["of a configuration", configurationEdits, [configuration, naming]],
  ] as const)("%s keeps all lines but its own, parses, and changes nothing the second time", (_, edits, sources) => {
    const names = Object.keys(edits);
    fc.assert(
      fc.property(fc.constantFrom(...names), anyStyle(...sources), (name, before) => {
        const { edit, changed } = edits[name]!;
        const after = editText("edited.ts", before, [edit]);
        expect(after).not.toBe(before);
        expect(syntaxErrors(after)).toEqual([]);
        expect(linesLost(before, after).length).toBeLessThanOrEqual(changed);
        expect(keepsAll(before, after)).toBe(true);
        expect(after.includes("\r")).toBe(before.includes("\r"));
        expect(after.replaceAll("\r\n", "").includes("\r") || /[^\r]\n/.test(after)).toBe(!before.includes("\r"));
        expect(editText("edited.ts", after, [edit])).toBe(after);
      }),
      { numRuns: 120 },
    );
  });
});
