import { Result } from "../../results/result.js";
import { currentClock } from "../../tasks/clock.js";
import { TaskError } from "../../tasks/errors.js";
import { findConnection, runTransaction } from "../../tasks/transaction.js";
import { type CallScope, PlatformCalls } from "../platform-calls.js";
import type { CallOptions, Health, PlatformFailureCode } from "../platform-service.js";
import type { DatabaseCalls } from "./database-calls.js";
import type {
  Database,
  DatabaseFailureCode,
  MigrateOptions,
  SqlParameter,
  TransactionCallOptions,
  TransactionWork,
} from "./database.js";
import { MigrationRun } from "./migration-run.js";
import { databaseCodeOf, SqlFailure } from "./sql-failure.js";
import type { SqlPool } from "./sql-pool.js";
import type { SqlRowStream } from "./sql-row-stream.js";
import type { SqlSession } from "./sql-session.js";
import { SqlTransactions } from "./sql-transactions.js";
import { type RunnerSurroundings, StatementRunner } from "./statement-runner.js";

/** How long migrations may take that do not say so themselves: some rewrite large tables. */
const migrationTimeoutMs = 600_000;

const isolationStatements = {
  "read committed": "SET TRANSACTION ISOLATION LEVEL READ COMMITTED",
  "repeatable read": "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ",
  serializable: "SET TRANSACTION ISOLATION LEVEL SERIALIZABLE",
} as const;

/** What a `PooledDatabase` is made of. */
export interface PooledDatabaseOptions {
  readonly pool: SqlPool;
  /** How long a call may take that does not say so itself, in milliseconds. */
  readonly timeoutMs: number;
  /** What makes the calls; bounded, traced and measured ones by default. */
  readonly calls?: DatabaseCalls;
}

/**
 * A `Database` over a pool of connections to PostgreSQL. Its adapters bring the pool, and have everything else in common: codes,
 * transactions, streams and migrations.
 */
export class PooledDatabase implements Database {
  readonly #pool: SqlPool;
  readonly #calls: DatabaseCalls;
  readonly #transactions: SqlTransactions;
  readonly #surroundings: RunnerSurroundings;
  readonly #runner: StatementRunner;

  constructor({ pool, timeoutMs, calls }: PooledDatabaseOptions) {
    this.#pool = pool;
    this.#calls = calls ?? new PlatformCalls({ service: "database", timeoutMs, codeOf: databaseCodeOf });
    this.#transactions = new SqlTransactions(pool, timeoutMs);
    let cursors = 0;
    this.#surroundings = {
      calls: this.#calls,
      transactions: this.#transactions,
      open: new Set<SqlRowStream<unknown>>(),
      isSingle: pool.isSingle,
      nextCursorName: () => `phasewise_rows_${++cursors}`,
    };
    const findSession = () => findConnection(this.#transactions);
    this.#runner = new StatementRunner(this.#surroundings, { findSession, findScope: () => findSession()?.scope });
  }

  query<Row extends object = Record<string, unknown>>(
    sql: string,
    params?: readonly SqlParameter[],
    options?: CallOptions,
  ) {
    return this.#runner.query<Row>(sql, params, options);
  }

  execute(sql: string, params?: readonly SqlParameter[], options?: CallOptions) {
    return this.#runner.execute(sql, params, options);
  }

  stream<Row extends object = Record<string, unknown>>(
    sql: string,
    params?: readonly SqlParameter[],
    options?: CallOptions,
  ) {
    return this.#runner.stream<Row>(sql, params, options);
  }

  withTransaction<T, C extends string = never>(
    work: TransactionWork<T, C>,
    options: TransactionCallOptions = {},
  ): Promise<Result<T, C | DatabaseFailureCode>> {
    return this.#calls.run<T, C>("with-transaction", options, async (scope) => {
      const runWork = (session: SqlSession, inner: CallScope) => this.#work(work, options, session, inner);
      try {
        return await runTransaction(this.#transactions, runWork, scope);
      } catch (error) {
        if (error instanceof TaskError && !scope.hasEnded) throw transactionFailed(error);
        throw error;
      }
    });
  }

  migrate(directory: string | URL, { owner = "", ...options }: MigrateOptions = {}) {
    return this.#calls.run("migrate", { timeoutMs: migrationTimeoutMs, ...options }, (scope) =>
      new MigrationRun(this.#transactions, owner, scope).apply(directory),
    );
  }

  async health(options?: CallOptions): Promise<Result<Health, PlatformFailureCode>> {
    const begunMs = currentClock().now();
    const answer = await this.#calls.run("health", options, async (scope) => {
      await this.#transactions.run("SELECT 1", [], scope);
      return Result.success({ latencyMs: currentClock().now() - begunMs, details: this.#pool.status });
    });
    if (answer.success) return answer;
    const { code, message, cause } = answer.error;
    return Result.error(code === "TIMED_OUT" || code === "ABORTED" ? code : "UNAVAILABLE", message, { cause });
  }

  /** Gives back the connections that streams hold, and waits for the calls that run. The pool may be closed then. */
  async close(): Promise<void> {
    await Promise.all([...this.#surroundings.open].map((stream) => stream.close()));
    await this.#calls.drain();
  }

  /** Runs the work with statements that are refused once it has ended, when they would be part of what comes after. */
  async #work<T, C extends string>(
    work: TransactionWork<T, C>,
    { isolation }: TransactionCallOptions,
    session: SqlSession,
    scope: CallScope,
  ): Promise<Result<T, C>> {
    let hasEnded = false;
    const findSession = () => {
      if (hasEnded)
        throw new SqlFailure("TRANSACTION_FAILED", "the transaction had ended before: await this call in it");
      return session;
    };
    const findScope = () => (hasEnded ? undefined : scope);
    if (isolation) await session.run(isolationStatements[isolation], [], scope);
    try {
      return await work(new StatementRunner(this.#surroundings, { findSession, findScope }), scope);
    } catch (error) {
      throw scope.hasEnded ? error : transactionFailed(error);
    } finally {
      hasEnded = true;
    }
  }
}

function transactionFailed(cause: unknown): SqlFailure {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SqlFailure("TRANSACTION_FAILED", reason, { cause });
}
