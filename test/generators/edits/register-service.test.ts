import { describe, expect, it } from "vitest";
import { editText } from "../../../src/generators/edits/edit-text.js";
import { registerService } from "../../../src/generators/edits/register-service.js";
import { moduleFile, unusualModuleFile } from "./module-file.js";

const edit = registerService("orders.mailer", "MailerService");
const make = (before: string) => editText("modules/orders/module.ts", before, [edit]);
const line = `context.registerService("orders.mailer", new MailerService());`;
const inModule = (hooks: string) =>
  `import { defineModule } from "@phasewise/runtime";\n\nexport default defineModule({\n  id: "orders",\n  version: "1.0.0",${hooks}\n});\n`;

describe("registering a service", () => {
  it("adds a line below the last registration", () => {
    const registration = `    context.registerService("orders", new OrdersService());\n`;
    expect(make(moduleFile)).toBe(moduleFile.replace(registration, `${registration}    ${line}\n`));
  });

  it("does nothing the second time", () => {
    expect(make(make(moduleFile))).toBe(make(moduleFile));
  });

  it("keeps tabs, quotes, missing semicolons and comments", () => {
    const registration = `\t\tctx.registerService('orders', new OrdersService()) // ours\n`;
    const added = `\t\tctx.registerService('orders.mailer', new MailerService())\n`;
    expect(make(unusualModuleFile)).toBe(unusualModuleFile.replace(registration, registration + added));
  });

  it("writes before a return, so that the line is reached", () => {
    const hook = `\n  async initialize(context) {\n    // done\n    return Result.success(undefined);\n  },`;
    expect(make(inModule(hook))).toBe(inModule(hook.replace("    // done", `    ${line}\n    // done`)));
  });

  it("fills an empty hook", () => {
    const after = inModule(`\n  async initialize(context) {\n    ${line}\n  },`);
    expect(make(inModule(`\n  async initialize(context) {},`))).toBe(after);
    expect(make(inModule(`\n  async initialize(context) {\n  },`))).toBe(after);
  });

  it("adds the hook where there is none, with and without a trailing comma", () => {
    const hook = `\n  async initialize(context) {\n    ${line}\n  }`;
    expect(make(inModule(""))).toBe(inModule(`${hook},`));
    expect(make(inModule("").replace(`"1.0.0",`, `"1.0.0"`))).toBe(inModule(hook));
  });

  it.each([
    [`export default {};\n`, "defineModule({ … })"],
    [`import { defineModule } from "x";\nexport default defineModule(definition);\n`, "defineModule({ … })"],
    [inModule(`\n  initialize: registerAll,`), "hook initialize that is written out"],
    [
      inModule(`\n  initialize: async (context) => context.registerSetupHook(hook),`),
      "hook initialize with a body in braces",
    ],
    [inModule(`\n  async initialize({ registerService }) {},`), "hook initialize with a plain parameter"],
  ])("names the anchor that is missing: %#", (before, anchor) => {
    expect(() => make(before)).toThrow(expect.objectContaining({ code: "ANCHOR_MISSING" }));
    expect(() => make(before)).toThrow(`modules/orders/module.ts has no ${anchor}`);
  });
});
