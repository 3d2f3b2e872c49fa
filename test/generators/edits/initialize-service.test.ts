import { describe, expect, it } from "vitest";
import { editText } from "../../../src/generators/edits/edit-text.js";
import { initializeService } from "../../../src/generators/edits/initialize-service.js";
import { moduleFile, unusualModuleFile } from "./module-file.js";

const make = (before: string, id = "orders.mailer") =>
  editText("modules/orders/module.ts", before, [initializeService(id)]);
const inHook = (body: string) =>
  moduleFile.replace(`    return context.getService("orders").initialize(context);`, body);
const initialization = `context.getService("orders.mailer").initialize(context)`;

describe("initializing a service", () => {
  it("follows the service that is returned, and ends the hook at the first Failure", () => {
    expect(make(moduleFile)).toBe(
      inHook(`    const ordersReady = await context.getService("orders").initialize(context);
    if (!ordersReady.success) return ordersReady;
    return ${initialization};`),
    );
  });

  it("goes on in the same way with a third service", () => {
    expect(make(make(moduleFile), "orders.query-log")).toBe(
      inHook(`    const ordersReady = await context.getService("orders").initialize(context);
    if (!ordersReady.success) return ordersReady;
    const mailerReady = await ${initialization};
    if (!mailerReady.success) return mailerReady;
    return context.getService("orders.query-log").initialize(context);`),
    );
  });

  it("does nothing the second time", () => {
    expect(make(make(moduleFile))).toBe(make(moduleFile));
  });

  it("takes over an await that is there", () => {
    const before = inHook(`    return await context.getService("orders").initialize(context); // last`);
    expect(make(before)).toBe(
      inHook(`    const ordersReady = await context.getService("orders").initialize(context); // last
    if (!ordersReady.success) return ordersReady;
    return ${initialization};`),
    );
  });

  it("comes before a return of something else, and before its comment", () => {
    expect(make(inHook(`    // all is well\n    return Result.success(undefined);`))).toBe(
      inHook(`    const mailerReady = await ${initialization};
    if (!mailerReady.success) return mailerReady;
    // all is well
    return Result.success(undefined);`),
    );
  });

  it("is returned at the end of a hook that returns nothing", () => {
    expect(make(inHook(`    await connect();`))).toBe(inHook(`    await connect();\n    return ${initialization};`));
    expect(make(inHook(`    await connect();\n    return;`))).toBe(
      inHook(`    await connect();\n    return ${initialization};`),
    );
  });

  it("fills an empty hook, in the style of the file", () => {
    expect(make(unusualModuleFile)).toBe(
      unusualModuleFile.replace(
        "{ /* nothing yet */ }",
        "{ /* nothing yet */\n\t\treturn ctx.getService('orders.mailer').initialize(ctx)\n\t}",
      ),
    );
  });

  it("adds the hook behind initialize where there is none", () => {
    const hook = /\n\n  async setupModule[^]*?\n  \},/;
    const added = `\n\n  async setupModule(context) {\n    return ${initialization};\n  },`;
    expect(make(moduleFile.replace(hook, ""))).toBe(moduleFile.replace(hook, added));
  });
});
