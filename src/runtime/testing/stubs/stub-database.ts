import { PooledDatabase } from "../../platform/database/pooled-database.js";
import type { Database, DatabaseFailureCode } from "../../platform/database/database.js";
import { databaseCodeOf, SqlFailure } from "../../platform/database/sql-failure.js";
import type { SentParameter, SqlConnection, SqlOutcome } from "../../platform/database/sql-pool.js";
import type { Failure } from "../../results/outcome.js";
import { isFailure } from "../../results/is-failure.js";
import { StubCalls, type StubOptions } from "./stub-calls.js";

/** What a stub answers to a statement: its rows, how many it has changed, nothing, or why it failed. */
export type StubAnswer =
  readonly object[] | { readonly affectedRows: number } | Failure<DatabaseFailureCode> | undefined;

/** What `stubDatabase` takes. */
export interface StubDatabaseOptions extends StubOptions {
  /** Answers a statement, which has its parameters as text. */
  readonly answer?: (sql: string, params: readonly SentParameter[]) => StubAnswer | Promise<StubAnswer>;
}

/** A statement that a stub was sent. */
export interface StubStatement {
  readonly sql: string;
  readonly params: readonly SentParameter[];
}

/** A `Database` that keeps nothing: it answers what it is told to. */
export interface StubDatabase extends Database {
  /** All that it was sent, `BEGIN`, `COMMIT`, `ROLLBACK` and savepoints among it, in order. */
  readonly statements: readonly StubStatement[];
}

/**
 * Makes a `Database` for a test: statements are recorded and answered by a function, with latency on the clock of the application,
 * and failures. Transactions are those of the adapters, so what is rolled back shows in `statements`. For a test that needs SQL to be
 * understood, the adapter `pglite` is a PostgreSQL in memory.
 *
 * @example
 * ```ts
 * import { stubDatabase } from "@phasewise/runtime/testing";
 *
 * const database = stubDatabase({ answer: (sql) => (sql.startsWith("SELECT") ? [{ amount: 3 }] : { affectedRows: 1 }) });
 * await database.withTransaction((sql) => sql.execute("UPDATE stock SET amount = $1", [2]));
 * console.log(database.statements.map(({ sql }) => sql));
 * ```
 */
export function stubDatabase({ answer = () => undefined, ...options }: StubDatabaseOptions = {}): StubDatabase {
  const connection = new StubConnection(answer);
  const database = new PooledDatabase({
    pool: { connect: async () => connection, status: {}, isSingle: false },
    timeoutMs: options.timeoutMs ?? 5_000,
    calls: new StubCalls("database", options, databaseCodeOf),
  });
  return Object.assign(database, { statements: connection.statements });
}

class StubConnection implements SqlConnection {
  readonly statements: StubStatement[] = [];
  readonly #answer: NonNullable<StubDatabaseOptions["answer"]>;
  /** The rows that streams have not read yet, by cursor. */
  readonly #unread = new Map<string, readonly object[]>();

  constructor(answer: NonNullable<StubDatabaseOptions["answer"]>) {
    this.#answer = answer;
  }

  async run(sql: string, params: readonly SentParameter[]): Promise<SqlOutcome> {
    const [, declared, select] = /^DECLARE (\w+) .*? FOR (.*)$/s.exec(sql) ?? [];
    if (declared !== undefined && select !== undefined) return this.#declare(declared, select, params);
    const [, count, fetched] = /^FETCH (\d+) FROM (\w+)$/.exec(sql) ?? [];
    if (fetched !== undefined) return this.#fetch(fetched, Number(count));
    if (sql.startsWith("CLOSE ")) return nothing;
    this.statements.push({ sql, params });
    return toOutcome(await this.#answer(sql, params));
  }

  async runScript(sql: string): Promise<void> {
    await this.run(sql, []);
  }

  release(): void {}

  async #declare(cursor: string, select: string, params: readonly SentParameter[]): Promise<SqlOutcome> {
    const { rows } = await this.run(select, params);
    this.#unread.set(cursor, rows);
    return nothing;
  }

  #fetch(cursor: string, count: number): SqlOutcome {
    const rows = this.#unread.get(cursor) ?? [];
    this.#unread.set(cursor, rows.slice(count));
    return { rows: rows.slice(0, count), affectedRows: 0 };
  }
}

const nothing: SqlOutcome = { rows: [], affectedRows: 0 };

function toOutcome(answer: StubAnswer): SqlOutcome {
  if (Array.isArray(answer)) return { ...nothing, rows: answer as readonly object[] };
  if (!isFailure(answer)) return { ...nothing, ...answer };
  const { code, message } = answer.error as Failure<DatabaseFailureCode>["error"];
  throw new SqlFailure(code, message);
}
