import { findConnection, type Result, transaction, type TransactionSource } from "@phasewise/runtime";
import { describe, expectTypeOf, it } from "vitest";

interface Connection {
  query(sql: string): Promise<number>;
}

declare const database: TransactionSource<Connection>;
declare const result: Result<number, "BUSY">;

describe("transaction", () => {
  it("gives what its work gives: a value, or a Result with its codes", () => {
    expectTypeOf(transaction(database, async () => 1)).toEqualTypeOf<Promise<number>>();
    expectTypeOf(transaction(database, async () => result)).toEqualTypeOf<Promise<Result<number, "BUSY">>>();
  });

  it("hands its work the connection of the source and a signal", () => {
    void transaction(database, async (connection, signal) => {
      expectTypeOf(connection).toEqualTypeOf<Connection>();
      expectTypeOf(signal).toEqualTypeOf<AbortSignal>();
    });
  });

  it("takes a function that gives a promise, and nothing else", () => {
    // @ts-expect-error a promise has begun already
    void transaction(database, Promise.resolve(1));
    // @ts-expect-error it is not async
    void transaction(database, () => 1);
  });

  it("takes a source whose functions give more than they have to", () => {
    const client = { query: async (_sql: string) => 1 };
    const source = {
      begin: async () => ({
        connection: client,
        commit: () => client.query("COMMIT"),
        rollback: () => client.query("ROLLBACK"),
      }),
    };
    expectTypeOf(source).toExtend<TransactionSource<Connection>>();
  });
});

describe("findConnection", () => {
  it("gives the connection, or nothing outside of a transaction", () => {
    expectTypeOf(findConnection(database)).toEqualTypeOf<Connection | undefined>();
  });
});
