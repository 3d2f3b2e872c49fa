import { mkdir, readdir, readFile, symlink, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { StandardSchema } from "@phasewise/runtime";
import { expectFailure, expectSuccess } from "@phasewise/runtime/testing";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { temporaryFolder } from "../../temporary-folder.js";
import { openFiles } from "./test-settings.js";

const anything: StandardSchema = {
  "~standard": { version: 1, vendor: "test", validate: (value) => ({ value }) },
};

const hostileName = fc.oneof(
  fc.string({ unit: "binary", maxLength: 20 }),
  fc.stringMatching(/^[a-z.\/\\\0-]{1,12}$/),
  fc.constantFrom("../secret", "..", "a/../../secret", "%2e%2e/secret", "CON", "secret.json/", "~"),
);

describe("settings in files", () => {
  it("are JSON files that people may edit, and nothing else lies beside them", async () => {
    await using folder = await temporaryFolder({ "notes.txt": "", "Upper.json": "1", ".hidden.json": "1" });
    await using settings = await openFiles(folder.path);
    expectSuccess(await settings.write("billing.limits", { perMinute: 5 }));
    expect(await readFile(join(folder.path, "billing.limits.json"), "utf8")).toBe('{"perMinute":5}\n');
    await writeFile(join(folder.path, "billing.limits.json"), " [1]\r\n");
    expect(expectSuccess(await settings.read("billing.limits", anything))).toEqual([1]);
    expect(expectSuccess(await settings.list())).toEqual(["billing.limits"]);
    expect((await readdir(folder.path)).sort()).toEqual([
      ".hidden.json",
      "Upper.json",
      "billing.limits.json",
      "notes.txt",
    ]);
  });

  it("answer INVALID_SETTINGS for a file that is no JSON", async () => {
    await using folder = await temporaryFolder({ "billing.json": `{"half": ` });
    await using settings = await openFiles(folder.path);
    expect(expectFailure(await settings.read("billing", anything), "INVALID_SETTINGS").message).not.toContain("half");
  });

  it("answer UNAVAILABLE where the folder is a file, and leave nothing behind when they cannot write", async () => {
    await using folder = await temporaryFolder({ file: "", "deep/billing.json/x": "" });
    await using wrong = await openFiles(join(folder.path, "file"));
    expectFailure(await wrong.write("billing", 1), "UNAVAILABLE");
    expectFailure(await wrong.list(), "UNAVAILABLE");
    expectFailure(await wrong.health(), "UNAVAILABLE");

    await using settings = await openFiles(join(folder.path, "deep"));
    expectFailure(await settings.write("billing", 1), "UNAVAILABLE");
    expectFailure(await settings.read("billing", anything), "UNAVAILABLE");
    expect(await readdir(join(folder.path, "deep"))).toEqual(["billing.json"]);
  });

  it("replace a link in place of a file, and not the file that it leads to", async () => {
    await using folder = await temporaryFolder({ "outside.json": "1", "inside/keep": "" });
    await symlink(join(folder.path, "outside.json"), join(folder.path, "inside/billing.json"));
    await using settings = await openFiles(join(folder.path, "inside"));
    expectSuccess(await settings.write("billing", 2));
    expect(await readFile(join(folder.path, "outside.json"), "utf8")).toBe("1");
  });

  it("reach no file outside of the folder, whatever the name", async () => {
    await using folder = await temporaryFolder({ "secret.json": `"hidden"` });
    const inside = join(folder.path, "inside");
    await mkdir(inside);
    await using settings = await openFiles(inside);
    await fc.assert(
      fc.asyncProperty(hostileName, async (name) => {
        const read = await settings.read(name, anything);
        expect(read.success ? read.data : read.error.code).toBeOneOf(["NOT_FOUND", "INVALID_NAME", "mine"]);
        const written = await settings.write(name, "mine");
        if (written.success) expect(await readFile(join(inside, `${name}.json`), "utf8")).toBe('"mine"\n');
        expect((await readdir(folder.path)).sort()).toEqual(["inside", "secret.json"]);
      }),
      { numRuns: 150 },
    );
    expect(await readFile(join(folder.path, "secret.json"), "utf8")).toBe(`"hidden"`);
  });

  it("are watched until the module stops", async () => {
    await using folder = await temporaryFolder({ "billing.json": "1" });
    const settings = await openFiles(folder.path);
    const { signal } = new AbortController();
    const seen: unknown[] = [];
    const watching = settings.watch("billing", anything, (value) => seen.push(value), { signal, everyMs: 60_000 });
    await expect.poll(() => seen).toEqual([1]);
    await settings[Symbol.asyncDispose]();
    expectSuccess(await watching);
    expectFailure(await settings.read("billing", anything), "NOT_INITIALIZED");
  });
});
