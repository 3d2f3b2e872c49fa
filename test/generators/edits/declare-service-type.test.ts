import { describe, expect, it } from "vitest";
import { declareServiceType } from "../../../src/generators/edits/declare-service-type.js";
import { editText } from "../../../src/generators/edits/edit-text.js";
import { moduleFile, unusualModuleFile } from "./module-file.js";

const make = (before: string) =>
  editText("modules/orders/module.ts", before, [declareServiceType("orders.mailer", "MailerService")]);

describe("declaring the type of a service", () => {
  it("adds a member to the registry", () => {
    const member = "    orders: OrdersService;\n";
    expect(make(moduleFile)).toBe(moduleFile.replace(member, `${member}    "orders.mailer": MailerService;\n`));
  });

  it("does nothing the second time, whatever the quotes", () => {
    expect(make(make(moduleFile))).toBe(make(moduleFile));
    const single = make(moduleFile).replaceAll(`"orders.mailer"`, `'orders.mailer'`);
    expect(make(single)).toBe(single);
  });

  it.each([
    ["{ 'orders': OrdersService }", "{ 'orders': OrdersService; 'orders.mailer': MailerService }"],
    ["{ 'orders': OrdersService; }", "{ 'orders': OrdersService; 'orders.mailer': MailerService; }"],
    ["{ 'orders': OrdersService, }", "{ 'orders': OrdersService, 'orders.mailer': MailerService, }"],
    ["{}", "{\n\t\t'orders.mailer': MailerService\n\t}"],
    ["{ /* none */ }", "{ /* none */\n\t\t'orders.mailer': MailerService\n\t}"],
    [
      "{\n\t\torders: OrdersService // ours\n\t}",
      "{\n\t\torders: OrdersService // ours\n\t\t'orders.mailer': MailerService\n\t}",
    ],
  ])("adds to a registry that is written %j", (before, after) => {
    const inFile = (registry: string) => unusualModuleFile.replace("{ 'orders': OrdersService }", registry);
    expect(make(inFile(before))).toBe(inFile(after));
  });

  it("adds the registry below the imports where there is none", () => {
    const registry = /declare module[^]*?\n\}/;
    const added = `declare module "@phasewise/runtime" {\n  interface ServiceRegistry {\n    "orders.mailer": MailerService;\n  }\n}`;
    expect(make(moduleFile.replace(registry, "").replace("\n\n\n\n", "\n\n"))).toBe(
      moduleFile.replace(registry, added),
    );
  });

  it("fails in a file without imports, since nothing can be declared there", () => {
    expect(() => make("export {};\n")).toThrow("modules/orders/module.ts has no import");
  });
});
