import { expectFailure, expectSuccess, testApplication } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";
import coreDatabaseModule from "./module.js";
import { DatabaseService } from "./database-service.js";

describe("DatabaseService", () => {
  it("counts the names that are added", async () => {
    await using application = await testApplication({ modules: [coreDatabaseModule] });
    const database = application.getService("core.database");

    expect(expectSuccess(await database.add("first"))).toBe(1);
    expect(expectSuccess(await database.add("second"))).toBe(2);
  });

  it("refuses a blank name, and one that is there already", async () => {
    await using application = await testApplication({ modules: [coreDatabaseModule] });
    const database = application.getService("core.database");

    expectFailure(await database.add("  "), "EMPTY_NAME");
    expectSuccess(await database.add("first"));
    expectFailure(await database.add("first"), "DUPLICATE_NAME");
  });

  it("answers NOT_INITIALIZED before its module is active", async () => {
    expectFailure(await new DatabaseService().add("first"), "NOT_INITIALIZED");
  });
});
