import type { ServiceId } from "@phasewise/runtime";
import { databaseConformance } from "@phasewise/runtime/conformance";
import type { Database } from "@phasewise/runtime/platform";
import { expectSuccess, type TestApplication, testApplication } from "@phasewise/runtime/testing";
import { afterAll, beforeAll, describe, it } from "vitest";
import databaseModule from "./module.js";

describe("DatabaseService", () => {
  let application: TestApplication;
  let database: Database;
  beforeAll(async () => {
    application = await testApplication({ modules: [databaseModule] });
    database = application.getService(databaseModule.id as ServiceId) as Database;
  }, 60_000);
  afterAll(() => application.stop());

  /** To start PostgreSQL takes long: all cases share it, and each finds it empty. */
  async function createFixture() {
    expectSuccess(await database.execute("DROP SCHEMA public CASCADE"));
    expectSuccess(await database.execute("CREATE SCHEMA public"));
    return { database, async [Symbol.asyncDispose]() {} };
  }

  for (const { name, run } of databaseConformance(createFixture)) it(name, run, 60_000);
});
