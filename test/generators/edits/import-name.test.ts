import { describe, expect, it } from "vitest";
import { editText } from "../../../src/generators/edits/edit-text.js";
import { importName } from "../../../src/generators/edits/import-name.js";
import { moduleFile, unusualModuleFile } from "./module-file.js";

const make = (before: string) =>
  editText("modules/orders/module.ts", before, [importName("MailerService", "./mailer-service.js")]);

describe("importing a name", () => {
  it("adds a line below the last import", () => {
    const last = `import { OrdersService } from "./orders-service.js";\n`;
    expect(make(moduleFile)).toBe(
      moduleFile.replace(last, `${last}import { MailerService } from "./mailer-service.js";\n`),
    );
  });

  it("keeps a shebang, a licence header, quotes, missing semicolons and comments", () => {
    const last = `import { OrdersService } from './orders-service.js' // the service\n`;
    expect(make(unusualModuleFile)).toBe(
      unusualModuleFile.replace(last, `${last}import { MailerService } from './mailer-service.js'\n`),
    );
  });

  it("does nothing the second time", () => {
    expect(make(make(moduleFile))).toBe(make(moduleFile));
  });

  it("fails in a file without imports", () => {
    expect(() => make("export {};\n")).toThrow("modules/orders/module.ts has no import to put another one below");
  });
});
