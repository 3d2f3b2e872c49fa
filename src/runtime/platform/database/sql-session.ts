import type { OpenTransaction } from "../../tasks/transaction-source.js";
import { withTimeLimit } from "../../tasks/with-timeout.js";
import type { CallScope } from "../platform-calls.js";
import type { DatabaseFailureCode } from "./database.js";
import { databaseCodeOf, SqlFailure } from "./sql-failure.js";
import type { SentParameter, SqlConnection, SqlOutcome } from "./sql-pool.js";

/** What runs statements: the pool, or a session. */
export interface SqlTarget {
  run(sql: string, params: readonly SentParameter[], scope: CallScope): Promise<SqlOutcome>;
}

/** A connection while one transaction has it. After a statement that failed there is only the way back, as for the server. */
export class SqlSession implements SqlTarget {
  /** Ends when the transaction is given up. */
  readonly scope: CallScope;
  readonly #connection: SqlConnection;
  readonly #timeoutMs: number;
  #failure: { readonly cause: unknown } | undefined;

  constructor(connection: SqlConnection, timeoutMs: number, scope: CallScope) {
    this.#connection = connection;
    this.#timeoutMs = timeoutMs;
    this.scope = scope;
  }

  run(sql: string, params: readonly SentParameter[], scope: CallScope): Promise<SqlOutcome> {
    return this.#noted(() => this.#connection.run(sql, params, scope));
  }

  runScript(sql: string, scope: CallScope): Promise<unknown> {
    return this.#noted(() => this.#connection.runScript(sql, scope));
  }

  async begin(): Promise<OpenTransaction<SqlSession>> {
    try {
      await this.runScript("BEGIN", this.scope);
    } catch (error) {
      this.#connection.release(error);
      throw error;
    }
    return {
      connection: this,
      commit: () => this.#commit(),
      rollback: () => this.#rollBack(),
      savepoint: () => this.#setSavepoint(1),
    };
  }

  async #commit(): Promise<void> {
    try {
      await this.#end("COMMIT");
    } catch (error) {
      const code = databaseCodeOf(error);
      throw isUncertain(code) ? commitUncertain(code, error) : error;
    }
    this.#connection.release();
  }

  /** A connection that does not even roll back is lost, and the server undoes what was done on it. */
  async #rollBack(): Promise<void> {
    try {
      await this.#control("ROLLBACK");
      this.#connection.release();
    } catch (error) {
      this.#connection.release(error);
    }
  }

  async #setSavepoint(depth: number): Promise<OpenTransaction<SqlSession>> {
    const name = `phasewise_${depth}`;
    await this.#end(`SAVEPOINT ${name}`);
    return {
      connection: this,
      commit: () => this.#end(`RELEASE SAVEPOINT ${name}`),
      rollback: () => this.#rollBackTo(name),
      savepoint: () => this.#setSavepoint(depth + 1),
    };
  }

  /** When it fails, the session stays failed, and the whole is rolled back in the end. */
  async #rollBackTo(name: string): Promise<void> {
    const before = this.#failure;
    this.#failure = undefined;
    const undone = this.#control(`ROLLBACK TO SAVEPOINT ${name}`);
    await undone.catch((cause: unknown) => (this.#failure = before ?? { cause }));
  }

  /** What keeps something is refused after a failure: the server would answer a COMMIT by rolling back, without an error. */
  #end(sql: string): Promise<unknown> {
    return this.#noted(() => this.#control(sql));
  }

  /**
   * The scope of the transaction does not count here, because its end must come through. Time does. As a script, a statement
   * without parameters takes one message instead of five.
   */
  #control(sql: string): Promise<unknown> {
    const timeoutMs = this.#timeoutMs;
    const onTimeout = () => new SqlFailure("TIMED_OUT", `${sql} was not done after ${timeoutMs} ms`);
    return withTimeLimit((scope) => this.#connection.runScript(sql, scope), { timeoutMs, onTimeout });
  }

  async #noted<T>(run: () => Promise<T>): Promise<T> {
    if (this.#failure) throw hasFailed(this.#failure.cause);
    try {
      return await run();
    } catch (cause) {
      this.#failure = { cause };
      throw cause;
    }
  }
}

/** Of these two codes nobody can say whether the server had done it before. */
function isUncertain(code: DatabaseFailureCode): boolean {
  return code === "UNAVAILABLE" || code === "TIMED_OUT";
}

function commitUncertain(code: DatabaseFailureCode, cause: unknown): SqlFailure {
  const message = "the server did not answer the COMMIT: whether the transaction was kept is not known";
  return new SqlFailure(code, message, { cause });
}

function hasFailed(cause: unknown): SqlFailure {
  const reason = cause instanceof Error ? cause.message : String(cause);
  return new SqlFailure("TRANSACTION_FAILED", `an earlier statement of the transaction failed: ${reason}`, { cause });
}
