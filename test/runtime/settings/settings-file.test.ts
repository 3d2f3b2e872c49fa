import { mkdir } from "node:fs/promises";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { SettingsLoader } from "../../../src/runtime/settings/settings-loader.js";
import { temporaryFolder } from "../temporary-folder.js";
import { settingsRejectionOf } from "./settings-rejection-of.js";
import { anySchema } from "./settings-schema.js";

const load = (directory: string, moduleId = "mail") =>
  new SettingsLoader({ directory, environment: {} }).load(moduleId, anySchema);

describe("a settings file", () => {
  it("may be empty of settings, and may begin with a byte order mark", async () => {
    await using folder = await temporaryFolder({ "mail.json": "\uFEFF{}\n" });
    expect(await load(folder.path)).toEqual({});
  });

  it.each([
    ['{\n  "port": 80,\n}\n', "is not valid JSON (line 3, column 1). Correct it there."],
    ['{\n  "port": hunter2\n}', "is not valid JSON (line 2, column 11). Correct it there."],
    ['{ "port": 80 // hunter2\n}', "is not valid JSON (line 1, column 14). Correct it there."],
    ["{ 'port': 80 }", "is not valid JSON (line 1, column 3). Correct it there."],
    ['{ "port": 80', "is not valid JSON (line 1, column 13). Correct it there."],
    ["", "is not valid JSON. Correct it there."],
    ['["hunter2"]', "does not hold an object. Correct it there."],
    ["null", "does not hold an object. Correct it there."],
  ])("that is malformed is named, with the place and without its content: %j", async (text, problem) => {
    await using folder = await temporaryFolder({ "mail.json": text });
    const error = await settingsRejectionOf(load(folder.path));
    expect(error.code).toBe("SETTINGS_MALFORMED");
    expect(error.message).toBe(`${join(folder.path, "mail.json")} ${problem}`);
    expect(`${error.stack} ${String(error.cause)}`).not.toContain("hunter2");
  });

  it("of another module does no harm when it is malformed", async () => {
    await using folder = await temporaryFolder({ "mail.json": "{}", "billing.json": "{" });
    expect(await load(folder.path)).toEqual({});
  });

  it("cannot be written twice, as JSON and as YAML", async () => {
    await using folder = await temporaryFolder({ "mail.json": "{}", "mail.yaml": "", "billing.yml": "" });
    const error = await settingsRejectionOf(load(folder.path));
    expect(error.code).toBe("SETTINGS_AMBIGUOUS");
    expect(error.message).toContain(
      `${join(folder.path, "mail.json")} and ${join(folder.path, "mail.yaml")}. Keep one`,
    );
  });

  it("that cannot be read is named", async () => {
    await using folder = await temporaryFolder({ "no-directory": "" });
    await mkdir(join(folder.path, "mail.json"));
    const file = await settingsRejectionOf(load(folder.path));
    expect(file.code).toBe("SETTINGS_UNREADABLE");
    expect(file.message).toContain(`${join(folder.path, "mail.json")} cannot be read (EISDIR).`);

    const directory = await settingsRejectionOf(load(join(folder.path, "no-directory")));
    expect(directory.code).toBe("SETTINGS_UNREADABLE");
    expect(directory.message).toContain("no-directory cannot be read (ENOTDIR).");
  });

  it("is never one outside of the directory, whatever the module is called", async () => {
    await using folder = await temporaryFolder({
      "outside.json": '{ "found": true }',
      "settings/inside.json": '{ "found": true }',
      "settings/deeper/inside.json": '{ "found": true }',
    });
    const directory = join(folder.path, "settings");
    expect(await load(directory, "inside")).toEqual({ found: true });
    for (const id of ["../outside", "deeper/inside", join(folder.path, "outside"), "..", ".", ""]) {
      expect(await load(directory, id)).toEqual({});
    }
  });
});

describe("a YAML file, where the package yaml is installed", () => {
  it.each(["mail.yaml", "mail.yml"])("is read: %s", async (name) => {
    await using folder = await temporaryFolder({ [name]: "smtp:\n  hosts: [a, b]\n" });
    expect(await load(folder.path)).toEqual({ smtp: { hosts: ["a", "b"] } });
  });

  it("may hold nothing but comments", async () => {
    await using folder = await temporaryFolder({ "mail.yaml": "# port: 80\n" });
    expect(await load(folder.path)).toEqual({});
  });

  it("that is malformed is named, with the place and without its content", async () => {
    await using folder = await temporaryFolder({ "mail.yaml": "port: 80\nkey: [hunter2\n" });
    const error = await settingsRejectionOf(load(folder.path));
    expect(error.code).toBe("SETTINGS_MALFORMED");
    expect(error.message).toMatch(/mail\.yaml is not valid YAML \(line \d+, column \d+\)\. Correct it there\.$/);
    expect(error.stack).not.toContain("hunter2");
  });
});

describe("a YAML file, where the package yaml is not installed", () => {
  beforeEach(() => void vi.doMock("yaml", () => Promise.reject(new Error("Cannot find package 'yaml'"))));
  afterEach(() => void vi.doUnmock("yaml"));

  it("is a clear error", async () => {
    await using folder = await temporaryFolder({ "mail.yaml": "" });
    const error = await settingsRejectionOf(load(folder.path));
    expect(error.code).toBe("YAML_NOT_INSTALLED");
    expect(error.message).toContain(`${join(folder.path, "mail.yaml")} needs the package yaml`);
    expect(error.message).toContain("npm install yaml");
  });
});
