import assert from "node:assert/strict";
import { DatabaseError } from "../../platform/database/database-error.js";
import type { RowStream } from "../../platform/database/database.js";
import { Result } from "../../results/result.js";
import { assertFailure, assertSuccess } from "../assert-result.js";
import { createNotes, type DatabaseCases } from "./statement-cases.js";

interface Numbered {
  readonly n: number;
}

const series = "SELECT n FROM generate_series(1, $1::int) AS n ORDER BY n";

/** What streams of rows have to do. */
export const streamCases = {
  "streams all rows in their order": async ({ database }) => {
    for (const length of [0, 1, 1_000, 2_500]) {
      const numbers = await read(assertSuccess(await database.stream<Numbered>(series, [length])));
      assert.deepEqual(
        numbers,
        Array.from({ length }, (_, index) => index + 1),
      );
    }
  },
  "answers QUERY_FAILED for rows that the server refuses": async ({ database }) => {
    assertFailure(await database.stream("SELECT * FROM nowhere"), "QUERY_FAILED");
    assertFailure(await database.stream("SELECT 1; SELECT 2"), "QUERY_FAILED");
    assertSuccess(await database.query("SELECT 1"));
  },
  "keeps nothing of streams that their readers leave": async ({ database }) => {
    for (let round = 0; round < 30; round++) {
      for await (const { n } of assertSuccess(await database.stream<Numbered>(series, [5_000]))) if (n === 3) break;
      const unread = assertSuccess(await database.stream<Numbered>(series, [5_000]));
      await unread[Symbol.asyncDispose]();
    }
    const cursors = assertSuccess(
      await database.query<{ name: string }>("SELECT name FROM pg_cursors WHERE name <> ''"),
    );
    assert.deepEqual(cursors, []);
  },
  "lets the reader use the database for each row": async ({ database }) => {
    await createNotes(database);
    for await (const { n } of assertSuccess(await database.stream<Numbered>(series, [1_200]))) {
      if (n % 300 > 0) continue;
      assertSuccess(await database.execute("INSERT INTO notes VALUES ($1)", [n]));
      assertSuccess(await database.withTransaction((sql) => sql.execute("UPDATE notes SET text = 'read'")));
    }
    assert.equal(assertSuccess(await database.query("SELECT FROM notes")).length, 4);
  },
  "streams within a transaction, and lets it go on": async ({ database }) => {
    await createNotes(database);
    const outcome = await database.withTransaction(async (sql) => {
      assertSuccess(await sql.execute("INSERT INTO notes SELECT n FROM generate_series(1, 1500) AS n"));
      for await (const _row of assertSuccess(await database.stream("SELECT text FROM notes"))) {
        if (assertSuccess(await sql.execute("DELETE FROM notes WHERE text = '7'")) === 1) break;
      }
      return sql.query("SELECT FROM notes");
    });
    assert.equal(assertSuccess(outcome).length, 1_499);
  },
  "refuses the rest of a stream whose transaction has ended": async ({ database }) => {
    const rows = assertSuccess(await database.withTransaction((sql) => sql.stream<Numbered>(series, [1_500])));
    await assert.rejects(read(rows), DatabaseError);
    assertSuccess(await database.query("SELECT 1"));
  },
  "answers QUERY_FAILED, or rejects with it midway, when a row cannot be read": async ({ database }) => {
    const failing = await database.stream<Numbered>("SELECT 1 / (1500 - n) AS n FROM generate_series(1, 3000) AS n");
    if (failing.success) await assert.rejects(read(failing.data), { name: "DatabaseError", code: "QUERY_FAILED" });
    else assertFailure(failing, "QUERY_FAILED");
    assertSuccess(await database.query("SELECT 1"));
  },
  "ends a stream when its signal aborts": async ({ database }) => {
    const controller = new AbortController();
    const { signal } = controller;
    const rows = assertSuccess(await database.stream<Numbered>(series, [1_500], { signal }));
    controller.abort();
    await assert.rejects(read(rows), { name: "DatabaseError", code: "ABORTED" });
    assertFailure(await database.stream(series, [1], { signal }), "ABORTED");
    assertSuccess(await database.query("SELECT 1"));
  },
  "gives the rows of a stream once": async ({ database }) => {
    const rows = assertSuccess(await database.stream<Numbered>(series, [2]));
    await read(rows);
    await assert.rejects(read(rows), DatabaseError);
  },
  "streams a Success of the transaction that it is all of": async ({ database }) => {
    const sum = await database.withTransaction(async (sql) => {
      const rows = await sql.stream<Numbered>(series, [2_100]);
      return rows.success ? Result.success((await read(rows.data)).length) : rows;
    });
    assert.equal(assertSuccess(sum), 2_100);
  },
} satisfies DatabaseCases;

async function read(rows: RowStream<Numbered>): Promise<number[]> {
  const numbers: number[] = [];
  for await (const { n } of rows) numbers.push(n);
  return numbers;
}
