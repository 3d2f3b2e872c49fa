import type { OpenTransaction, TransactionOptions, TransactionSource } from "../../tasks/transaction-source.js";
import type { SentParameter, SqlOutcome, SqlPool } from "./sql-pool.js";
import { SqlSession, type SqlTarget } from "./sql-session.js";

const neverAborted = new AbortController().signal;

/** The connections of a pool: for a transaction each, or for one statement. */
export class SqlTransactions implements TransactionSource<SqlSession>, SqlTarget {
  readonly #pool: SqlPool;
  readonly #timeoutMs: number;

  constructor(pool: SqlPool, timeoutMs: number) {
    this.#pool = pool;
    this.#timeoutMs = timeoutMs;
  }

  async begin({ signal = neverAborted }: TransactionOptions): Promise<OpenTransaction<SqlSession>> {
    const connection = await this.#pool.connect(signal);
    return new SqlSession(connection, this.#timeoutMs, signal).begin();
  }

  async run(sql: string, params: readonly SentParameter[], signal: AbortSignal): Promise<SqlOutcome> {
    const connection = await this.#pool.connect(signal);
    try {
      signal.throwIfAborted();
      return await connection.run(sql, params, signal);
    } finally {
      connection.release();
    }
  }
}
