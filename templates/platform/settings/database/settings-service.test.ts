import type { ServiceId } from "@phasewise/runtime";
import { settingsConformance } from "@phasewise/runtime/conformance";
import type { Settings } from "@phasewise/runtime/platform";
import { stubDatabase, testApplication } from "@phasewise/runtime/testing";
import { describe, it } from "vitest";
import settingsModule from "./module.js";

/** Stands in for the database: it knows the statements of settings-table.ts. */
function createTable() {
  const values = new Map<unknown, unknown>();
  return stubDatabase({
    answer(sql, [name, value]) {
      if (sql.startsWith("INSERT")) values.set(name, value);
      if (sql.startsWith("DELETE")) return { affectedRows: Number(values.delete(name)) };
      if (sql.startsWith("SELECT value")) return values.has(name) ? [{ value: values.get(name) }] : [];
      return sql.startsWith("SELECT name") ? [...values.keys()].map((key) => ({ name: key })) : undefined;
    },
  });
}

async function createFixture() {
  const services = { "core.database": createTable() };
  const application = await testApplication({ modules: [settingsModule], services });
  return {
    settings: application.getService(settingsModule.id as ServiceId) as Settings,
    [Symbol.asyncDispose]: () => application.stop(),
  };
}

describe("SettingsService", () => {
  for (const { name, run } of settingsConformance(createFixture)) it(name, run);
});
