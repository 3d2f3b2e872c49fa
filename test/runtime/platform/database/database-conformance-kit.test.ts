import { Result } from "@phasewise/runtime";
import { databaseConformance } from "@phasewise/runtime/conformance";
import type { Database } from "@phasewise/runtime/platform";
import { expectSuccess } from "@phasewise/runtime/testing";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openPglite } from "./test-databases.js";

type Breaking = (database: Database) => Partial<Database>;

/** Adapters that do one thing wrong, and the cases that have to notice. */
const broken: Readonly<Record<string, { readonly breaking: Breaking; readonly fails: readonly string[] }>> = {
  "puts parameters into the statement": {
    breaking: (database) => ({
      execute: (sql, params = []) => database.execute(sql.replaceAll(/\$1/g, () => `'${String(params[0])}'`)),
    }),
    fails: ["keeps parameters apart from the statement, whatever is in them"],
  },
  "begins no transaction": {
    breaking: (database) => ({ withTransaction: (work) => work(database, new AbortController()) as never }),
    fails: [
      "rolls back when the work gives a Failure, which it passes on",
      "rolls back when the work throws, and answers TRANSACTION_FAILED with the cause",
      "keeps nothing after a statement that failed, even when the work goes on",
      "makes a savepoint of a nested transaction, which fails alone",
    ],
  },
  "loses the work's Failure": {
    breaking: (database) => ({
      withTransaction: async (work, options) => {
        const outcome = await database.withTransaction(work, options);
        return outcome.success ? outcome : (Result.error("TRANSACTION_FAILED", "") as never);
      },
    }),
    fails: ["rolls back when the work gives a Failure, which it passes on"],
  },
  "counts nothing": {
    breaking: (database) => ({ execute: async (...call) => Result.map(await database.execute(...call), () => 0) }),
    fails: ["counts the rows that were inserted, updated and deleted, and nothing else"],
  },
  "has one code for all": {
    breaking: (database) => ({
      execute: async (...call) => {
        const outcome = await database.execute(...call);
        return outcome.success ? outcome : Result.error("QUERY_FAILED", "");
      },
    }),
    fails: ["answers CONSTRAINT_VIOLATED for what a constraint does not allow"],
  },
  "forgets the end of a stream": {
    breaking: (database) => ({
      stream: async (sql, params, options) => {
        const rows = expectSuccess(await database.stream<never>(sql, params, options));
        return Result.success({
          async *[Symbol.asyncIterator]() {
            let left = 1_000;
            for await (const row of rows) if (left-- > 0) yield row;
          },
          [Symbol.asyncDispose]: async () => {},
        });
      },
    }),
    fails: ["streams all rows in their order", "keeps nothing of streams that their readers leave"],
  },
  "forgets what it has applied": {
    breaking: (database) => ({
      migrate: async (directory, options) => {
        await database.execute("DROP TABLE IF EXISTS phasewise_migrations");
        return database.migrate(directory, options);
      },
    }),
    fails: [
      "applies migrations in order of name, each once",
      "answers MIGRATION_CHANGED for a file that is not what was applied, and applies nothing",
    ],
  },
};

describe("the cases of conformance notice an adapter that", () => {
  let database: Awaited<ReturnType<typeof openPglite>>;
  beforeAll(async () => {
    database = await openPglite();
  });
  afterAll(() => database[Symbol.asyncDispose]());

  it.each(Object.entries(broken))("%s", async (_, { breaking, fails }) => {
    const cases = databaseConformance(async () => {
      expectSuccess(await database.execute("DROP SCHEMA public CASCADE"));
      expectSuccess(await database.execute("CREATE SCHEMA public"));
      return { database: withMembers(database, breaking(database)), async [Symbol.asyncDispose]() {} };
    });
    for (const name of fails) {
      await expect(cases.find((found) => found.name === name)?.run()).rejects.toThrow();
    }
    await cases.find(({ name }) => name === "gives rows by the names of their columns")?.run();
  });
});

function withMembers(database: Database, members: Partial<Database>): Database {
  return new Proxy(database, {
    get: (target, name) => Reflect.get(name in members ? members : target, name) as unknown,
  });
}
