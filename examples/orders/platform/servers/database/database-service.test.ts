import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { connect } from "node:net";
import type { ServiceId } from "@phasewise/runtime";
import { databaseConformance } from "@phasewise/runtime/conformance";
import type { Database } from "@phasewise/runtime/platform";
import { expectSuccess, type TestApplication, testApplication } from "@phasewise/runtime/testing";
import { afterAll, beforeAll, describe, it } from "vitest";
import databaseModule from "./module.js";

/** What is tested is in a schema of its own. */
const schema = `test_${randomUUID().replaceAll("-", "")}`;
const server = process.env["PHASEWISE_POSTGRES_URL"] ?? "postgres://postgres@127.0.0.1:5432/test";
const url = `${server}${server.includes("?") ? "&" : "?"}options=-c%20search_path%3D${schema}`;
const isSkipped = process.env["PHASEWISE_REQUIRE_SERVICES"] !== "1" && !(await answers(new URL(server)));
const reason = isSkipped ? " (skipped: no PostgreSQL answers; start one, or set PHASEWISE_POSTGRES_URL)" : "";

async function answers({ hostname, port }: URL): Promise<boolean> {
  const socket = connect({ host: hostname, port: Number(port || 5432) });
  try {
    await once(socket, "connect", { signal: AbortSignal.timeout(2_000) });
    return true;
  } catch {
    return false;
  } finally {
    socket.destroy();
  }
}

describe.skipIf(isSkipped)(`DatabaseService${reason}`, () => {
  let application: TestApplication;
  let database: Database;
  beforeAll(async () => {
    const settings = { [databaseModule.id]: { url, maxConnections: 4 } };
    application = await testApplication({ modules: [databaseModule], settings });
    database = application.getService(databaseModule.id as ServiceId) as Database;
  });
  afterAll(async () => {
    await empty();
    await application.stop();
  });

  async function empty(): Promise<void> {
    expectSuccess(await database.execute(`DROP SCHEMA IF EXISTS ${schema} CASCADE`));
  }

  async function createFixture() {
    await empty();
    expectSuccess(await database.execute(`CREATE SCHEMA ${schema}`));
    return { database, async [Symbol.asyncDispose]() {} };
  }

  for (const { name, run } of databaseConformance(createFixture)) it(name, run, 60_000);
});
