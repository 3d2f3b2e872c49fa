import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type SettingsFixture, settingsConformance } from "@phasewise/runtime/conformance";
import type { Database, Settings } from "@phasewise/runtime/platform";
import { expectSuccess, stubSettings } from "@phasewise/runtime/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPglite } from "../database/test-databases.js";
import { openFiles, openTable } from "./test-settings.js";

const undisposed = (settings: Settings): SettingsFixture & AsyncDisposable => ({
  settings,
  async [Symbol.asyncDispose]() {},
});

describe("settings in files", () => {
  const cases = settingsConformance(async () => {
    const folder = await mkdtemp(join(tmpdir(), "phasewise-settings-"));
    const settings = await openFiles(join(folder, "deep", "settings"));
    return {
      settings,
      async [Symbol.asyncDispose]() {
        await settings[Symbol.asyncDispose]();
        await rm(folder, { recursive: true });
      },
    };
  });
  for (const { name, run } of cases) it(name, run);
});

describe("settings in a database", () => {
  let database: Database & AsyncDisposable;
  beforeAll(async () => {
    database = await openPglite();
  });
  afterAll(() => database[Symbol.asyncDispose]());

  const cases = settingsConformance(async () => {
    expectSuccess(await database.execute("DROP TABLE IF EXISTS phasewise_settings"));
    return openTable(database);
  });
  for (const { name, run } of cases) it(name, run);
});

describe("settings of a stub", () => {
  for (const { name, run } of settingsConformance(async () => undisposed(stubSettings()))) it(name, run);
});

/** Adapters that do one thing wrong, and the cases that have to notice. */
const broken: readonly (readonly [what: string, breaking: (settings: Settings) => Partial<Settings>, fails: string])[] =
  [
    [
      "lists something else",
      () => ({ list: async () => ({ success: true, data: ["other"] }) }),
      "lists the names, or those with a prefix, in order",
    ],
    [
      "looks at no schema",
      (settings) => ({ read: (name, _schema, options) => settings.read(name, anything as never, options) }),
      "gives what the schema makes of it, and INVALID_SETTINGS for what it does not take",
    ],
    [
      "takes any name",
      (settings) => ({ write: (name, value) => settings.write(name.replaceAll(/[^a-z]/g, "x") || "x", value) }),
      "answers INVALID_NAME for what is no name",
    ],
    [
      "never removes",
      () => ({ remove: async () => ({ success: true, data: true }) }),
      "removes, and says whether there was something",
    ],
  ];
const anything = { "~standard": { version: 1, vendor: "test", validate: (value: unknown) => ({ value }) } };

describe("the cases of conformance notice an adapter that", () => {
  it.each(broken)("%s", async (_, breaking, failing) => {
    const cases = settingsConformance(async () => {
      const settings = stubSettings();
      return undisposed(
        new Proxy(settings, {
          get: (target, name) => Reflect.get({ ...bound(target), ...breaking(target) }, name) as unknown,
        }),
      );
    });
    await expect(cases.find(({ name }) => name === failing)?.run()).rejects.toThrow();
    await cases.find(({ name }) => name === "answers NOT_FOUND for what is not there")?.run();
  });
});

function bound(settings: Settings): Settings {
  return {
    read: (...call) => settings.read(...call),
    write: (...call) => settings.write(...call),
    list: (...call) => settings.list(...call),
    remove: (...call) => settings.remove(...call),
    watch: (...call) => settings.watch(...call),
    health: (...call) => settings.health(...call),
  };
}
