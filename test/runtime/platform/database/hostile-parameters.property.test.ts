import type { Database, SqlParameter } from "@phasewise/runtime/platform";
import { expectSuccess } from "@phasewise/runtime/testing";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { findServer } from "../server.js";
import { createSchema, openPglite, openPostgres } from "./test-databases.js";

/** Texts that would do harm where they became a part of a statement. */
const hostileText = fc.oneof(
  fc.string({ unit: "binary", maxLength: 200 }),
  fc.string({
    unit: fc.constantFrom("'", `"`, "\\", "$", "$$", ";", "-", "\0", "\ud800", "\r\n", "{", "}", ",", "%", "é"),
  }),
  fc.constantFrom("'; DROP TABLE notes; --", "\\'; DROP TABLE notes; --", "$tag$", "__proto__", "constructor", "NULL"),
);
const isUnicode = (text: string) => !/\0|\p{Surrogate}/u.test(text);

const server = await findServer("postgres");
const reason = "missing" in server ? ` (left out: ${server.missing})` : "";

async function openServer() {
  const schema = await createSchema("url" in server ? server.url : "");
  const database = await openPostgres(schema.url, { maxConnections: 2 });
  return {
    database,
    async [Symbol.asyncDispose]() {
      await database[Symbol.asyncDispose]();
      await schema[Symbol.asyncDispose]();
    },
  };
}

async function openEmbedded() {
  const database = await openPglite();
  return { database, [Symbol.asyncDispose]: () => database[Symbol.asyncDispose]() };
}

describe.each([
  ["the embedded PostgreSQL", openEmbedded, false],
  [`a PostgreSQL server${reason}`, openServer, "missing" in server],
])("hostile parameters for %s", (_, open, isSkipped) => {
  let opened: { database: Database } & AsyncDisposable;
  beforeAll(async () => {
    if (isSkipped) return;
    opened = await open();
    expectSuccess(await opened.database.execute("CREATE TABLE notes (text text, texts text[])"));
  });
  afterAll(() => opened?.[Symbol.asyncDispose]());

  it.skipIf(isSkipped)("come back as they went, or are refused, and change nothing else", async () => {
    const { database } = opened;
    await fc.assert(
      fc.asyncProperty(fc.array(hostileText, { maxLength: 5 }), async (texts) => {
        const text = texts[0] ?? "";
        const outcome = await database.query("INSERT INTO notes VALUES ($1, $2) RETURNING *", [text, texts]);
        if ([text, ...texts].every(isUnicode)) expect(expectSuccess(outcome)).toEqual([{ text, texts }]);
        else expect(outcome).toMatchObject({ success: false, error: { code: "QUERY_FAILED" } });
      }),
      { numRuns: 150 },
    );
    expectSuccess(await database.query("SELECT FROM notes"));
  });

  it.skipIf(isSkipped)("of any kind end in a Result", async () => {
    const { database } = opened;
    await fc.assert(
      fc.asyncProperty(fc.anything(), fc.constantFrom("text", "int", "jsonb", "bool"), async (value, type) => {
        const outcome = await database.query(`SELECT $1::${type} AS value`, [value as SqlParameter]);
        if (!outcome.success) expect(outcome.error.code).toBe("QUERY_FAILED");
      }),
      { numRuns: 150 },
    );
  });
});
