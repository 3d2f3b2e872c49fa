import { invalidOption, notAFunction } from "./errors.js";
import { findRunning, RunningTransaction } from "./running-transaction.js";
import type { Scope } from "./scope.js";
import { traced } from "./tracing.js";
import type { TransactionOptions, TransactionSource } from "./transaction-source.js";

/**
 * Runs the work in a transaction, and settles like it. Commits when the work gives anything but a Failure. Rolls back when
 * it gives a Failure, when it throws, and when the `signal` aborts before it has ended: the signal given to the work aborts
 * then, and the transaction rejects with the reason once the work has ended and all is rolled back.
 *
 * A call for the same source within the work is a savepoint of its transaction: when it fails, it alone is rolled back.
 * Such calls run one after another. One that the work does not wait for is cancelled, and the whole rolled back.
 *
 * @throws TaskError `TRANSACTION_ENDED`, `NESTING_UNSUPPORTED`, `ROLLBACK_FAILED`, `NOT_A_FUNCTION` or `INVALID_OPTION`.
 *
 * @example
 * ```ts
 * import { Result, transaction, type TransactionSource } from "@phasewise/runtime";
 *
 * interface Connection {
 *   update(sql: string): Promise<number>;
 * }
 *
 * export const takeOne = (database: TransactionSource<Connection>) =>
 *   transaction(database, async (connection) => {
 *     const rows = await connection.update("UPDATE stock SET amount = amount - 1 WHERE amount > 0");
 *     return rows > 0 ? Result.success(rows) : Result.error("SOLD_OUT", "nothing is left");
 *   });
 * ```
 */
export async function transaction<C, T>(
  source: TransactionSource<C>,
  work: (connection: C, signal: AbortSignal) => PromiseLike<T>,
  { signal }: TransactionOptions = {},
): Promise<T> {
  if (typeof source?.begin !== "function") throw invalidOption("transaction", "source", "an object with begin", source);
  if (typeof work !== "function") throw notAFunction("transaction", work);
  signal?.throwIfAborted();
  const begin = (outer: RunningTransaction<C> | undefined, turn?: Promise<void>) =>
    traced("phasewise.transaction", { "phasewise.transaction.nested": outer !== undefined }, () =>
      new RunningTransaction(source, outer, { signal }).run(
        (connection, scope) => work(connection, scope.signal),
        turn,
      ),
    );
  return inTurn(source, begin);
}

/**
 * `transaction` for a call that has a span already, and whose work seldom needs a signal. The options, such as the scope of the call,
 * are handed to `begin`.
 */
export async function runTransaction<C, T>(
  source: TransactionSource<C>,
  work: (connection: C, scope: Scope) => PromiseLike<T>,
  options: TransactionOptions,
): Promise<T> {
  return inTurn(source, (outer, turn) => new RunningTransaction(source, outer, options).run(work, turn));
}

function inTurn<C, T>(
  source: TransactionSource<C>,
  begin: (outer: RunningTransaction<C> | undefined, turn?: Promise<void>) => Promise<T>,
): Promise<T> {
  const outer = findRunning(source, "transaction");
  return outer ? outer.nest((turn) => begin(outer, turn)) : begin(undefined);
}

/**
 * The connection of the caller's transaction of this source, if it runs in one: for code that is not handed the connection.
 *
 * @throws TaskError `TRANSACTION_ENDED` when that transaction is over, `TRANSACTION_BUSY` while a call nested in it runs.
 *
 * @example
 * ```ts
 * import { findConnection, type TransactionSource } from "@phasewise/runtime";
 *
 * interface Connection {
 *   update(sql: string): Promise<number>;
 * }
 *
 * export const update = (database: TransactionSource<Connection> & Connection, sql: string) =>
 *   (findConnection(database) ?? database).update(sql);
 * ```
 */
export function findConnection<C>(source: TransactionSource<C>): C | undefined {
  return findRunning(source, "findConnection")?.connection;
}
