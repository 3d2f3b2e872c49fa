import assert from "node:assert/strict";
import type { Database, SqlParameter } from "../../platform/database/database.js";
import { assertFailure, assertSuccess } from "../assert-result.js";

/** What a value comes back as that went as a parameter. */
const values: readonly (readonly [type: string, sent: SqlParameter, received: unknown])[] = [
  ["text", "Ada", "Ada"],
  ["text", "", ""],
  ["int4", -7, -7],
  ["int8", 9_007_199_254_740_993n, "9007199254740993"],
  ["numeric", "0.10", "0.10"],
  ["float8", 0.1, 0.1],
  ["float8", Infinity, Infinity],
  ["boolean", true, true],
  ["boolean", false, false],
  ["timestamptz", new Date("2026-03-29T01:30:00.123Z"), new Date("2026-03-29T01:30:00.123Z")],
  ["timestamp", "2026-03-29 02:30:00", "2026-03-29 02:30:00"],
  ["date", "2026-03-29", "2026-03-29"],
  ["jsonb", '{"a": [1, null]}', { a: [1, null] }],
  ["text", null, null],
  ["text[]", ["a", null, 'b"\\,{}'], ["a", null, 'b"\\,{}']],
  ["int4[]", [1, 2], [1, 2]],
  ["int8[]", [1n], ["1"]],
  ["boolean[]", [true, false], [true, false]],
  ["date[]", ["2026-03-29"], ["2026-03-29"]],
  ["int4[]", [], []],
];

const hostileTexts = [
  "'; DROP TABLE notes; --",
  "$1",
  "\\",
  "\\'",
  "$$; DELETE FROM notes; $$",
  "a\r\nb\tc\u0001",
  "ünï 🔑 \u202e",
  "__proto__",
  "x".repeat(100_000),
];

/** What single statements have to do. */
export const statementCases = {
  "gives rows by the names of their columns": async ({ database }) => {
    const rows = await database.query<{ a: number; b: string }>("SELECT 1 AS a, 'x' AS b UNION ALL SELECT 2, 'y'");
    assert.deepEqual(plain(assertSuccess(rows)), [
      { a: 1, b: "x" },
      { a: 2, b: "y" },
    ]);
  },
  "gives a value of every kind back as it was sent": async ({ database }) => {
    for (const [type, sent, received] of values) {
      const [row] = assertSuccess(await database.query<{ value: unknown }>(`SELECT $1::${type} AS value`, [sent]));
      assert.deepEqual(row?.value, received, type);
    }
    const [row] = assertSuccess(await database.query<{ value: Uint8Array }>("SELECT $1::bytea AS value", [bytes]));
    assert.deepEqual(Buffer.from(row!.value), Buffer.from(bytes));
  },
  "keeps parameters apart from the statement, whatever is in them": async ({ database }) => {
    await createNotes(database);
    for (const text of hostileTexts) assertSuccess(await database.execute("INSERT INTO notes VALUES ($1)", [text]));
    const rows = assertSuccess(await database.query<{ text: string }>("SELECT text FROM notes"));
    assert.deepEqual(new Set(rows.map((row) => row.text)), new Set(hostileTexts));
    const found = await database.query("SELECT FROM notes WHERE text = ANY($1)", [hostileTexts]);
    assert.equal(assertSuccess(found).length, hostileTexts.length);
  },
  "answers QUERY_FAILED for a parameter that cannot be sent": async ({ database }) => {
    const hostile = [undefined, {}, Symbol("s"), () => 1, new Date(Number.NaN), "a\0b", "\ud800", [[1]], [undefined]];
    for (const value of hostile) {
      assertFailure(await database.query("SELECT $1::text", [value as SqlParameter]), "QUERY_FAILED");
    }
    assertFailure(await database.query("SELECT 1", new Array<number>(70_000).fill(1)), "QUERY_FAILED");
    assertFailure(await database.query("SELECT 1\0; DROP TABLE notes"), "QUERY_FAILED");
    assertSuccess(await database.query("SELECT 1"));
  },
  "runs one statement only": async ({ database }) => {
    await createNotes(database);
    assertFailure(await database.query("SELECT 1; DROP TABLE notes"), "QUERY_FAILED");
    assertFailure(await database.execute("DELETE FROM notes; DROP TABLE notes"), "QUERY_FAILED");
    assertSuccess(await database.query("SELECT FROM notes"));
  },
  "counts the rows that were inserted, updated and deleted, and nothing else": async ({ database }) => {
    assert.equal(assertSuccess(await database.execute("CREATE TABLE notes (text text)")), 0);
    assert.equal(assertSuccess(await database.execute("INSERT INTO notes VALUES ('a'), ('b'), ('c')")), 3);
    assert.equal(assertSuccess(await database.execute("UPDATE notes SET text = 'd' WHERE text <> 'a'")), 2);
    assert.equal(assertSuccess(await database.execute("SELECT * FROM notes")), 0);
    assert.equal(assertSuccess(await database.execute("DELETE FROM notes")), 3);
  },
  "answers QUERY_FAILED for a statement that the server refuses, and goes on": async ({ database }) => {
    assertFailure(await database.query("SELEC 1"), "QUERY_FAILED");
    assertFailure(await database.query("SELECT * FROM nowhere"), "QUERY_FAILED");
    assertFailure(await database.query("SELECT 1 / $1::int", [0]), "QUERY_FAILED");
    assertSuccess(await database.query("SELECT 1"));
  },
  "answers CONSTRAINT_VIOLATED for what a constraint does not allow": async ({ database }) => {
    assertSuccess(await database.execute("CREATE TABLE notes (id int PRIMARY KEY CHECK (id < 10))"));
    assertSuccess(await database.execute("INSERT INTO notes VALUES (1)"));
    for (const id of [1, 10, null]) {
      assertFailure(await database.execute("INSERT INTO notes VALUES ($1)", [id]), "CONSTRAINT_VIOLATED");
    }
  },
  "answers ABORTED for a signal that has aborted, and does nothing": async ({ database }) => {
    await createNotes(database);
    const signal = AbortSignal.abort();
    assertFailure(await database.execute("INSERT INTO notes VALUES ('a')", [], { signal }), "ABORTED");
    assert.deepEqual(assertSuccess(await database.query("SELECT FROM notes")), []);
  },
  "answers health with how long it took": async ({ database }) => {
    assert.ok(assertSuccess(await database.health()).latencyMs >= 0);
  },
} satisfies DatabaseCases;

/** The database under test, which has no tables yet. */
export interface DatabaseFixture {
  readonly database: Database;
}

export type DatabaseCases = Readonly<Record<string, (fixture: DatabaseFixture) => Promise<void>>>;

const bytes = Uint8Array.from({ length: 256 }, (_, index) => index);

export async function createNotes(database: Database): Promise<void> {
  assertSuccess(await database.execute("CREATE TABLE notes (text text)"));
}

/** Rows without their prototypes, which differ between client libraries. */
function plain(rows: readonly object[]): object[] {
  return rows.map((row) => ({ ...row }));
}
