import { describe, expect, it } from "vitest";
import { addMethod } from "../../../src/generators/edits/add-method.js";
import { declareDependency } from "../../../src/generators/edits/declare-dependency.js";
import { declareEvent } from "../../../src/generators/edits/declare-event.js";
import { editText } from "../../../src/generators/edits/edit-text.js";
import { importType } from "../../../src/generators/edits/import-type.js";
import { keepContext } from "../../../src/generators/edits/keep-context.js";
import { nameGenerator } from "../../../src/generators/edits/name-generator.js";
import { readSettings } from "../../../src/generators/edits/read-settings.js";
import { registerLazyService } from "../../../src/generators/edits/register-lazy-service.js";
import { registerSettings } from "../../../src/generators/edits/register-settings.js";
import { runInBackground } from "../../../src/generators/edits/run-in-background.js";
import { subscribe } from "../../../src/generators/edits/subscribe.js";

const noModule = "export default {};\n";
const moduleWith = (properties: string) => `export default defineModule({ id: "orders", ${properties} });\n`;
const serviceWith = (members: string) => `export class OrdersService extends Service {\n${members}\n}\n`;

describe("an edit names the anchor that is missing", () => {
  it.each([
    [declareDependency("billing"), noModule, "defineModule({ … })"],
    [declareDependency("billing"), moduleWith("dependencies: all"), "list of dependencies that is written out"],
    [declareDependency("billing"), moduleWith("...rest, dependencies"), "list of dependencies that is written out"],
    [declareEvent("orders.placed", "Placed"), noModule, "import to declare the interface EventRegistry below"],
    [importType("Placed", "./placed-event.js"), noModule, "import to put another one below"],
    [subscribe("orders.placed", "thank"), moduleWith("initialize: register"), "hook initialize that is written out"],
    [registerSettings("ordersSettings"), noModule, "defineModule({ … })"],
    [registerSettings("ordersSettings"), moduleWith("async initialize() {}"), "hook initialize with a plain parameter"],
    [registerLazyService("orders.pdf", "Pdf"), noModule, "defineModule({ … })"],
    [readSettings("ordersSettings"), moduleWith("setupModule: setUp"), "hook setupModule that is written out"],
    [
      runInBackground("tidy", "tidy"),
      moduleWith("start: async (context) => tidy()"),
      "hook start with a body in braces",
    ],
    [
      nameGenerator("./page.ts"),
      "export default await load();\n",
      "defineConfig({ … }) with its properties written out",
    ],
    [nameGenerator("./page.ts"), "export default { generators };\n", "list of generators that is written out"],
    [addMethod("OrdersService", { name: "pay", codes: [], event: undefined }), noModule, "class OrdersService"],
    [keepContext("OrdersService"), noModule, "class OrdersService"],
    [
      keepContext("OrdersService"),
      serviceWith("async onInitialize({ logger }) {}"),
      "onInitialize with a plain parameter",
    ],
  ])("%#", (edit, before, anchor) => {
    const make = () => editText("modules/orders/module.ts", before, [edit]);
    expect(make).toThrow(expect.objectContaining({ code: "ANCHOR_MISSING" }));
    expect(make).toThrow(`modules/orders/module.ts has no ${anchor}`);
  });
});

describe("declaring a dependency does nothing", () => {
  it.each([
    `dependencies: ["billing"]`,
    `dependencies: [{ id: "billing", version: "^1" }]`,
    `optionalDependencies: ["billing"]`,
  ])("where there is %s", (properties) => {
    expect(editText("module.ts", moduleWith(properties), [declareDependency("billing")])).toBe(moduleWith(properties));
  });

  it("but goes into an empty list", () => {
    const before = moduleWith("dependencies: []");
    expect(editText("module.ts", before, [declareDependency("billing")])).toBe(before.replace("[]", `["billing"]`));
  });
});
