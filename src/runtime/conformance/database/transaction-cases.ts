import assert from "node:assert/strict";
import type { Database, SqlRunner } from "../../platform/database/database.js";
import { Result } from "../../results/result.js";
import { assertFailure, assertSuccess } from "../assert-result.js";
import { createNotes, type DatabaseCases } from "./statement-cases.js";

/** What transactions have to do. */
export const transactionCases = {
  "commits when the work gives a Success, which it passes on": async ({ database }) => {
    await createNotes(database);
    const outcome = await database.withTransaction(async (sql) => {
      await note(sql, "a");
      return Result.success("done");
    });
    assert.equal(assertSuccess(outcome), "done");
    assert.deepEqual(await notes(database), ["a"]);
  },
  "rolls back when the work gives a Failure, which it passes on": async ({ database }) => {
    await createNotes(database);
    const outcome = await database.withTransaction(async (sql) => {
      await note(sql, "a");
      return Result.error("SOLD_OUT", "nothing is left");
    });
    assertFailure(outcome, "SOLD_OUT");
    assert.deepEqual(await notes(database), []);
  },
  "rolls back when the work throws, and answers TRANSACTION_FAILED with the cause": async ({ database }) => {
    await createNotes(database);
    const thrown = new Error("no luck");
    const outcome = await database.withTransaction(async (sql) => {
      await note(sql, "a");
      throw thrown;
    });
    assertFailure(outcome, "TRANSACTION_FAILED");
    assert.equal(causes(outcome).includes(thrown), true);
    assert.deepEqual(await notes(database), []);
  },
  "rolls back when the signal aborts, and answers ABORTED": async ({ database }) => {
    await createNotes(database);
    const controller = new AbortController();
    const outcome = await database.withTransaction(
      async (sql, { signal }) => {
        await note(sql, "a");
        controller.abort();
        assert.equal(signal.aborted, true);
        assertFailure(await sql.execute("INSERT INTO notes VALUES ('b')"), "ABORTED");
        return Result.success(undefined);
      },
      { signal: controller.signal },
    );
    assertFailure(outcome, "ABORTED");
    assert.deepEqual(await notes(database), []);
  },
  "keeps nothing after a statement that failed, even when the work goes on": async ({ database }) => {
    await createNotes(database);
    const outcome = await database.withTransaction(async (sql) => {
      await note(sql, "a");
      assertFailure(await sql.query("SELECT 1 / 0"), "QUERY_FAILED");
      assertFailure(await sql.query("SELECT 1"), "TRANSACTION_FAILED");
      return Result.success(undefined);
    });
    assertFailure(outcome, "TRANSACTION_FAILED");
    assert.deepEqual(await notes(database), []);
  },
  "answers CONSTRAINT_VIOLATED for a constraint that is checked at the commit": async ({ database }) => {
    assertSuccess(await database.execute("CREATE TABLE notes (text text UNIQUE DEFERRABLE INITIALLY DEFERRED)"));
    const outcome = await database.withTransaction(async (sql) => {
      await note(sql, "a");
      await note(sql, "a");
      return Result.success(undefined);
    });
    assertFailure(outcome, "CONSTRAINT_VIOLATED");
    assert.deepEqual(await notes(database), []);
  },
  "makes a savepoint of a nested transaction, which fails alone": async ({ database }) => {
    await createNotes(database);
    const outcome = await database.withTransaction(async (sql) => {
      await note(sql, "a");
      const nested = await database.withTransaction(async (inner) => {
        await note(inner, "b");
        assertFailure(await inner.query("SELECT 1 / 0"), "QUERY_FAILED");
        return Result.error("SOLD_OUT", "nothing is left");
      });
      assertFailure(nested, "SOLD_OUT");
      assertSuccess(await database.withTransaction(async (inner) => Result.success(await note(inner, "c"))));
      return Result.success(undefined);
    });
    assertSuccess(outcome);
    assert.deepEqual(await notes(database), ["a", "c"]);
  },
  "undoes a nested transaction that was kept, when the outer one fails": async ({ database }) => {
    await createNotes(database);
    const outcome = await database.withTransaction(async () => {
      assertSuccess(await database.withTransaction(async (inner) => Result.success(await note(inner, "a"))));
      return Result.error("SOLD_OUT", "nothing is left");
    });
    assertFailure(outcome, "SOLD_OUT");
    assert.deepEqual(await notes(database), []);
  },
  "makes calls on the database part of the transaction that they are made in": async ({ database }) => {
    await createNotes(database);
    const outcome = await database.withTransaction(async (sql) => {
      await note(database, "a");
      assert.deepEqual(await notes(sql), ["a"]);
      return Result.error("SOLD_OUT", "nothing is left");
    });
    assertFailure(outcome, "SOLD_OUT");
    assert.deepEqual(await notes(database), []);
  },
  "refuses a statement of a transaction that has ended": async ({ database }) => {
    const left = assertSuccess(await database.withTransaction(async (sql) => Result.success(sql)));
    assertFailure(await left.query("SELECT 1"), "TRANSACTION_FAILED");
  },
  "keeps transactions that run at the same time apart": async ({ database }) => {
    assertSuccess(await database.execute("CREATE TABLE counters (value int)"));
    assertSuccess(await database.execute("INSERT INTO counters VALUES (0)"));
    const count = () =>
      database.withTransaction(async (sql) => {
        const rows = assertSuccess(await sql.query<{ value: number }>("SELECT value FROM counters FOR UPDATE"));
        return sql.execute("UPDATE counters SET value = $1", [rows[0]!.value + 1]);
      });
    const outcomes = await Promise.all(Array.from({ length: 25 }, count));
    for (const outcome of outcomes) assertSuccess(outcome);
    const [row] = assertSuccess(await database.query<{ value: number }>("SELECT value FROM counters"));
    assert.equal(row?.value, 25);
  },
  "takes the isolation that it is told": async ({ database }) => {
    const outcome = await database.withTransaction(
      (sql) => sql.query<{ level: string }>("SELECT current_setting('transaction_isolation') AS level"),
      { isolation: "serializable" },
    );
    assert.equal(assertSuccess(outcome)[0]?.level, "serializable");
  },
} satisfies DatabaseCases;

async function note(sql: SqlRunner, text: string): Promise<void> {
  assertSuccess(await sql.execute("INSERT INTO notes VALUES ($1)", [text]));
}

async function notes(sql: SqlRunner | Database): Promise<string[]> {
  const rows = assertSuccess(await sql.query<{ text: string }>("SELECT text FROM notes ORDER BY text"));
  return rows.map(({ text }) => text);
}

function causes(outcome: Result<unknown>): unknown[] {
  const found: unknown[] = [];
  for (let cause = outcome.success ? undefined : outcome.error.cause; cause; cause = (cause as Error).cause) {
    found.push(cause);
  }
  return found;
}
