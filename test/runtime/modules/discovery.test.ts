import { join } from "node:path";
import { pathToFileURL } from "node:url";
import { createApplication, createLogger } from "@phasewise/runtime";
import { describe, expect, it } from "vitest";
import { rejectionOf } from "../rejection-of.js";
import { temporaryFolder } from "../temporary-folder.js";

const moduleText = (id: string) =>
  `import { defineModule } from "@phasewise/runtime";\nexport default defineModule({ id: "${id}", version: "1.0.0" });\n`;

const applicationIn = (modulesDirectory: string | URL) =>
  createApplication({ modulesDirectory, logger: createLogger({ write: () => {} }) });

describe("discovery", () => {
  it("finds module.js and module.ts at every depth, and nothing else", async () => {
    await using folder = await temporaryFolder({
      "billing/module.ts": moduleText("billing"),
      "core/database/module.js": moduleText("core.database"),
      "core/database/migrations/module.js": moduleText("core.migrations"),
      "billing/other.ts": "throw new Error('not a module')",
      "billing/module.d.ts": "throw new Error('not a module')",
      "billing/module.test.ts": "throw new Error('not a module')",
      "billing/node_modules/foreign/module.js": "throw new Error('not a module')",
      ".cache/module.js": "throw new Error('not a module')",
    });
    await using app = applicationIn(folder.path);
    const { modules } = await app.start();
    expect(modules.map(({ id, file }) => [id, file])).toEqual([
      ["billing", join(folder.path, "billing/module.ts")],
      ["core.migrations", join(folder.path, "core/database/migrations/module.js")],
      ["core.database", join(folder.path, "core/database/module.js")],
    ]);
  });

  it("takes module.js where module.ts lies beside it", async () => {
    await using folder = await temporaryFolder({
      "billing/module.js": moduleText("billing"),
      "billing/module.ts": "throw new Error('already compiled')",
    });
    await using app = applicationIn(pathToFileURL(folder.path));
    expect((await app.start()).modules[0]!.file).toBe(join(folder.path, "billing/module.js"));
  });

  it("names a directory that does not exist", async () => {
    await using folder = await temporaryFolder({});
    const missing = join(folder.path, "moduls");
    expect(await rejectionOf(applicationIn(missing).start())).toMatchObject({
      code: "MODULES_DIRECTORY_UNREADABLE",
      message: expect.stringContaining(`The modules directory ${missing} does not exist.`),
    });
  });

  it("names a directory that is none", async () => {
    await using folder = await temporaryFolder({ modules: "" });
    const file = join(folder.path, "modules");
    expect((await rejectionOf(applicationIn(file).start())).message).toContain(`${file} cannot be read.`);
  });

  it("names a file whose default export is no module", async () => {
    await using folder = await temporaryFolder({
      "billing/module.js": 'export default { id: "billing", version: "1.0.0" };\n',
    });
    const file = join(folder.path, "billing/module.js");
    expect(await rejectionOf(applicationIn(folder.path).start())).toMatchObject({
      code: "NOT_A_MODULE",
      message: `The default export of ${file} is not a module: export default defineModule({ … }).`,
    });
  });

  it("names each file that cannot be imported, with the reason", async () => {
    await using folder = await temporaryFolder({
      "billing/module.js": "throw new Error('no licence');\n",
      "mail/module.js": "export default missing;\n",
    });
    const { code, errors } = await rejectionOf(applicationIn(folder.path).start());
    expect(code).toBe("MODULE_IMPORT_FAILED");
    expect(errors.map(({ message }) => message)).toEqual([
      `Importing ${join(folder.path, "billing/module.js")} failed: no licence`,
      `Importing ${join(folder.path, "mail/module.js")} failed: missing is not defined`,
    ]);
  });

  it("names both files of a duplicate id", async () => {
    await using folder = await temporaryFolder({ "a/module.js": moduleText("a"), "b/module.js": moduleText("a") });
    const { code, message } = await rejectionOf(applicationIn(folder.path).start());
    expect(code).toBe("DUPLICATE_MODULE");
    expect(message).toContain(`${join(folder.path, "a/module.js")} and ${join(folder.path, "b/module.js")}`);
  });
});
