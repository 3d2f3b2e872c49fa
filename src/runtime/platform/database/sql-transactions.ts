import type { OpenTransaction, TransactionSource } from "../../tasks/transaction-source.js";
import type { CallScope } from "../platform-calls.js";
import type { SentParameter, SqlOutcome, SqlPool } from "./sql-pool.js";
import { SqlSession, type SqlTarget } from "./sql-session.js";

/** The connections of a pool: for a transaction each, or for one statement. */
export class SqlTransactions implements TransactionSource<SqlSession>, SqlTarget {
  readonly #pool: SqlPool;
  readonly #timeoutMs: number;

  constructor(pool: SqlPool, timeoutMs: number) {
    this.#pool = pool;
    this.#timeoutMs = timeoutMs;
  }

  async begin(scope: CallScope): Promise<OpenTransaction<SqlSession>> {
    const connection = await this.#pool.connect(scope);
    return new SqlSession(connection, this.#timeoutMs, scope).begin();
  }

  async run(sql: string, params: readonly SentParameter[], scope: CallScope): Promise<SqlOutcome> {
    const connection = await this.#pool.connect(scope);
    try {
      scope.throwIfAborted();
      return await connection.run(sql, params, scope);
    } finally {
      connection.release();
    }
  }
}
