import { databaseConformance } from "@phasewise/runtime/conformance";
import { expectSuccess } from "@phasewise/runtime/testing";
import { afterAll, beforeAll, describe, it } from "vitest";
import { findServer } from "../server.js";
import { createSchema, openPglite, openPostgres } from "./test-databases.js";

describe("the embedded PostgreSQL", () => {
  let database: Awaited<ReturnType<typeof openPglite>>;
  beforeAll(async () => {
    database = await openPglite();
  });
  afterAll(() => database[Symbol.asyncDispose]());

  const cases = databaseConformance(async () => {
    expectSuccess(await database.execute("DROP SCHEMA public CASCADE"));
    expectSuccess(await database.execute("CREATE SCHEMA public"));
    return { database, async [Symbol.asyncDispose]() {} };
  });
  for (const { name, run } of cases) it(name, run);
});

const server = await findServer("postgres");
const left = "missing" in server ? ` (left out: ${server.missing})` : "";

describe.skipIf("missing" in server)(`a PostgreSQL server${left}`, () => {
  const cases = databaseConformance(async () => {
    const schema = await createSchema("url" in server ? server.url : "");
    const database = await openPostgres(schema.url, { maxConnections: 4 });
    return {
      database,
      async [Symbol.asyncDispose]() {
        await database[Symbol.asyncDispose]();
        await schema[Symbol.asyncDispose]();
      },
    };
  });
  for (const { name, run } of cases) it(name, run);
});
