import { execFile } from "node:child_process";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { createFile, defineGenerator, editFile, newName, type Edit } from "phasewise";
import { expectGoldenTree, runGenerator } from "phasewise/testing";
import { afterEach, describe, expect, it, vi } from "vitest";
import service from "../../src/generators/catalog/service.js";
import { temporaryFolder } from "./temporary-folder.js";

const moduleText = `import { defineModule } from "@phasewise/runtime";

export default defineModule({
  id: "billing",
  version: "1.0.0",
  async initialize(context) {},
});
`;
const files = { "modules/billing/module.ts": moduleText };

const shout: Edit = (file) => file.insert(file.text.length, "!\n");
const note = defineGenerator({
  name: "note",
  summary: "Add a note",
  questions: { title: newName("note", "todo") },
  sample: { title: "todo" },
  plan: async ({ title }) => [createFile(`${title}.hbs`, "services/service.ts.hbs"), editFile("log.md", shout)],
});

afterEach(() => void vi.unstubAllEnvs());

describe("runGenerator", () => {
  it("gives the tree, the changed paths, the diff and the next steps, and writes nothing", async () => {
    const run = await runGenerator(service, { name: "mail-sender", module: "billing" }, { files });

    const made = ["mail-sender-service.ts", "mail-sender-service.test.ts"].map((name) => `modules/billing/${name}`);
    expect(run.changed).toEqual([...made, "modules/billing/module.ts"]);
    expect(Object.keys(run.files).sort()).toEqual([...run.changed].sort());
    expect(run.files["modules/billing/module.ts"]).toContain('registerService("billing.mail-sender"');
    expect(run.diff).toContain("--- a/modules/billing/module.ts\n+++ b/modules/billing/module.ts\n");
    expect(run.diff).toContain("--- /dev/null\n+++ b/modules/billing/mail-sender-service.ts\n");
    expect(run.nextSteps.join("\n")).toContain('context.getService("billing.mail-sender")');
    expect(files).toEqual({ "modules/billing/module.ts": moduleText });
  });

  it("fails as a run would: answers, missing modules, files in the way, missing data of a template", async () => {
    const answers = { name: "mail-sender", module: "billing" };
    await expect(runGenerator(service, { ...answers, name: "Mail" }, { files })).rejects.toThrow("lower-case words");
    await expect(runGenerator(service, { ...answers, module: "biling" }, { files })).rejects.toMatchObject({
      code: "MODULE_NOT_FOUND",
      message: expect.stringContaining("Did you mean billing?"),
    });
    const taken = { ...files, "modules/billing/mail-sender-service.ts": "" };
    await expect(runGenerator(service, answers, { files: taken })).rejects.toThrow(
      "mail-sender-service.ts exists already",
    );
    await expect(runGenerator(note, { title: "todo" }, { files: { "log.md": "" } })).rejects.toMatchObject({
      code: "BROKEN_TEMPLATE",
    });
  });
});

describe("expectGoldenTree", () => {
  it("accepts the same files, and shows the others as a diff with the way to update", async () => {
    await using folder = await temporaryFolder({ "a.txt": "one\n", "old.txt": "gone\n" });
    await expectGoldenTree({ "a.txt": "one\n", "old.txt": "gone\n" }, folder.path);

    const failure = expectGoldenTree({ "a.txt": "two\n", "b/new.txt": "new\n" }, folder.path);
    await expect(failure).rejects.toThrow("run the test with UPDATE_GOLDEN=1");
    await expect(failure).rejects.toThrow("-one\n+two\n");
    await expect(failure).rejects.toThrow("+++ b/b/new.txt");
    await expect(failure).rejects.toThrow("--- a/old.txt\n+++ /dev/null");
  });

  it("writes the folder anew with UPDATE_GOLDEN=1", async () => {
    await using folder = await temporaryFolder({ "old.txt": "gone\n" });
    vi.stubEnv("UPDATE_GOLDEN", "1");
    await expectGoldenTree({ "b/new.txt": "new\n" }, folder.path);
    expect(await folder.files()).toEqual({ "b/new.txt": "new\n" });
  });

  it("works under node:test, where there is no vitest", async () => {
    const test = fileURLToPath(new URL("fixtures/testing-kit.node-test.mjs", import.meta.url));
    const env = { ...process.env, NODE_OPTIONS: "", NODE_TEST_CONTEXT: undefined };
    const { stdout } = await promisify(execFile)(process.execPath, ["--test", test], { env });
    expect(stdout).toMatch(/pass 2\b[^]*fail 0\b/);
  });
});
