import type { Result } from "../../results/result.js";
import type { CallScope } from "../platform-calls.js";
import type { CallOptions, PlatformFailureCode, PlatformService } from "../platform-service.js";

/**
 * What the calls of a database may fail with, beside the codes of all platform services:
 *
 * - `QUERY_FAILED`: the server refused the statement, or a parameter cannot be sent
 * - `CONSTRAINT_VIOLATED`: a unique, foreign, check or not-null constraint does not allow it
 * - `SERIALIZATION_FAILED`: it met another transaction, or a deadlock; the whole transaction may succeed when it is run again
 * - `TRANSACTION_FAILED`: the work of the transaction threw, or an earlier statement of it had failed; nothing was kept
 */
export type DatabaseFailureCode =
  PlatformFailureCode | "QUERY_FAILED" | "CONSTRAINT_VIOLATED" | "SERIALIZATION_FAILED" | "TRANSACTION_FAILED";

/**
 * What `migrate` may fail with, beside the codes of the database:
 *
 * - `MIGRATION_CHANGED`: a file is not what it was when it was applied; nothing was applied
 * - `MIGRATION_FAILED`: the server refused a file; nothing of it was kept, what came before it was
 * - `MIGRATIONS_UNREADABLE`: the folder or a file in it cannot be read
 */
export type MigrationFailureCode =
  DatabaseFailureCode | "MIGRATION_CHANGED" | "MIGRATION_FAILED" | "MIGRATIONS_UNREADABLE";

/** A value that can be sent beside a statement. */
export type SqlValue = string | number | bigint | boolean | Date | Uint8Array | null;

/** What stands for `$1`, `$2` and so on; a list for a parameter that is an array, as in `= ANY($1)`. JSON goes as its text. */
export type SqlParameter = SqlValue | readonly SqlValue[];

/**
 * Rows that come in batches, to be read once, by `for await`. Leaving the loop gives back what the server holds for them; so does
 * `await using`, for rows that may never be read. A failure midway rejects with a `DatabaseError`.
 */
export interface RowStream<Row> extends AsyncIterable<Row>, AsyncDisposable {}

/** What runs statements: a database, or one transaction of it. Parameters never become part of the statement. */
export interface SqlRunner {
  /**
   * Runs one statement, and gives its rows. `int8` and `numeric` come as strings, no digit is lost; dates and times without a zone
   * come as they are written, `timestamptz` as a `Date`, JSON parsed, `bytea` as bytes.
   */
  query<Row extends object = Record<string, unknown>>(
    sql: string,
    params?: readonly SqlParameter[],
    options?: CallOptions,
  ): Promise<Result<readonly Row[], DatabaseFailureCode>>;

  /** Runs one statement, and gives how many rows it has inserted, updated or deleted. */
  execute(
    sql: string,
    params?: readonly SqlParameter[],
    options?: CallOptions,
  ): Promise<Result<number, DatabaseFailureCode>>;

  /** Begins to read the rows of a `SELECT` that may be many: they are fetched as they are read. Time limits hold for each fetch. */
  stream<Row extends object = Record<string, unknown>>(
    sql: string,
    params?: readonly SqlParameter[],
    options?: CallOptions,
  ): Promise<Result<RowStream<Row>, DatabaseFailureCode>>;
}

/** What `withTransaction` takes. */
export interface TransactionCallOptions extends CallOptions {
  /** How much of others the transaction sees; by default what the server is set to. Not for a nested one. */
  readonly isolation?: "read committed" | "repeatable read" | "serializable" | undefined;
}

/** What `migrate` takes. */
export interface MigrateOptions extends CallOptions {
  /** Whose migrations these are, such as the id of a module: files of two owners may have the same name. */
  readonly owner?: string | undefined;
}

/** What runs in a transaction, with its statements; the signal aborts when the transaction is given up. */
export type TransactionWork<T, C extends string> = (
  sql: SqlRunner,
  scope: Pick<CallScope, "signal">,
) => Promise<Result<T, C>>;

/**
 * A PostgreSQL database.
 *
 * Within the work of a transaction, calls made on the database itself, by whichever service, are part of that transaction.
 *
 * @example
 * ```ts
 * import { Result } from "@phasewise/runtime";
 * import type { Database } from "@phasewise/runtime/platform";
 *
 * export const takeOne = (database: Database, article: string) =>
 *   database.withTransaction(async (sql) => {
 *     const taken = await sql.execute("UPDATE stock SET amount = amount - 1 WHERE article = $1 AND amount > 0", [article]);
 *     if (!taken.success) return taken;
 *     return taken.data === 1 ? Result.success(undefined) : Result.error("SOLD_OUT", `${article} is sold out`);
 *   });
 * ```
 */
export interface Database extends SqlRunner, PlatformService {
  /**
   * Runs the work in a transaction. Commits when it gives a Success; rolls back when it gives a Failure, which is passed on, when
   * it throws (`TRANSACTION_FAILED`), when the signal aborts and when the time is over. Within another transaction it is a savepoint.
   */
  withTransaction<T, C extends string = never>(
    work: TransactionWork<T, C>,
    options?: TransactionCallOptions,
  ): Promise<Result<T, C | DatabaseFailureCode>>;

  /**
   * Applies the `*.sql` files of a folder that were not applied yet, in order of name, each once and in a transaction of its own,
   * also when several processes do so at the same time. Gives the names of those applied now. It may take 10 minutes by default.
   */
  migrate(directory: string | URL, options?: MigrateOptions): Promise<Result<readonly string[], MigrationFailureCode>>;
}
