import { Result } from "@phasewise/runtime";
import { expectFailure, expectSuccess, fakeClock, stubDatabase } from "@phasewise/runtime/testing";
import { describe, expect, it } from "vitest";

const texts = (database: ReturnType<typeof stubDatabase>) => database.statements.map(({ sql }) => sql);

describe("stubDatabase", () => {
  it("answers with rows, with a number of rows, and with nothing", async () => {
    const database = stubDatabase({
      answer: (sql) => (sql === "a" ? [{ n: 1 }] : sql === "b" ? { affectedRows: 2 } : undefined),
    });
    expect(expectSuccess(await database.query("a"))).toEqual([{ n: 1 }]);
    expect(expectSuccess(await database.execute("b"))).toBe(2);
    expect(expectSuccess(await database.execute("c"))).toBe(0);
  });

  it("records statements with their parameters, as they are sent", async () => {
    const database = stubDatabase();
    await database.query("SELECT $1", [1, null, ["a"]]);
    expect(database.statements).toEqual([{ sql: "SELECT $1", params: ["1", null, `{"a"}`] }]);
  });

  it("fails a statement with the Failure that it is told", async () => {
    const database = stubDatabase({ answer: () => Result.error("CONSTRAINT_VIOLATED", "there is one") });
    expect(expectFailure(await database.execute("INSERT"), "CONSTRAINT_VIOLATED").message).toContain("there is one");
  });

  it("shows what becomes of transactions", async () => {
    const database = stubDatabase({
      answer: (sql) => (sql === "bad" ? Result.error("QUERY_FAILED", "no") : undefined),
    });
    await database.withTransaction(async () => {
      await database.withTransaction((sql) => sql.execute("bad"));
      return database.execute("good");
    });
    await database.withTransaction(async () => Result.error("SOLD_OUT", "nothing is left"));
    expect(texts(database)).toEqual([
      "BEGIN",
      "SAVEPOINT phasewise_1",
      "bad",
      "ROLLBACK TO SAVEPOINT phasewise_1",
      "good",
      "COMMIT",
      "BEGIN",
      "ROLLBACK",
    ]);
  });

  it("streams the rows of its answer", async () => {
    const answer = (sql: string) => (sql === "SELECT" ? Array.from({ length: 2_500 }, (_, n) => ({ n })) : undefined);
    const numbers: number[] = [];
    for await (const { n } of expectSuccess(await stubDatabase({ answer }).stream<{ n: number }>("SELECT")))
      numbers.push(n);
    expect(numbers).toEqual(Array.from({ length: 2_500 }, (_, n) => n));
  });

  it("takes as long as it is told by the clock of the test, and no longer than a call may", async () => {
    const clock = fakeClock();
    const database = stubDatabase({ latencyMs: (operation) => (operation === "query" ? 50 : 500) });
    const calls = clock.run(() => [database.query("a"), database.execute("b", [], { timeoutMs: 100 })] as const);
    await clock.advance(60);
    expectSuccess(await calls[0]);
    await clock.advance(60);
    expectFailure(await calls[1], "TIMED_OUT");
  });

  it("fails the calls that it is told to fail", async () => {
    const failure = (operation: string, call: number) =>
      operation === "query" && call === 2 ? ("UNAVAILABLE" as const) : undefined;
    const database = stubDatabase({ failure });
    expectSuccess(await database.query("a"));
    expectFailure(await database.query("a"), "UNAVAILABLE");
    expectSuccess(await database.health());
    expect(texts(database)).toEqual(["a", "SELECT 1"]);
  });
});
