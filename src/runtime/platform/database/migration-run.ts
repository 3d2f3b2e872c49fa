import { Result } from "../../results/result.js";
import { runTransaction } from "../../tasks/transaction.js";
import type { CallScope } from "../platform-calls.js";
import type { MigrationFailureCode } from "./database.js";
import { type Migration, readMigrations } from "./read-migrations.js";
import { databaseCodeOf } from "./sql-failure.js";
import type { SqlSession } from "./sql-session.js";
import type { SqlTransactions } from "./sql-transactions.js";

type Outcome<T> = Promise<Result<T, MigrationFailureCode>>;

const createRecords = `CREATE TABLE IF NOT EXISTS phasewise_migrations (
  owner text NOT NULL,
  name text NOT NULL,
  checksum text NOT NULL,
  applied_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (owner, name)
)`;

/**
 * Applies what was not applied yet. A lock of the server lets one process at a time do so; a file and its record are one
 * transaction, so neither is there without the other.
 */
export class MigrationRun {
  readonly #transactions: SqlTransactions;
  readonly #owner: string;
  readonly #scope: CallScope;

  constructor(transactions: SqlTransactions, owner: string, scope: CallScope) {
    this.#transactions = transactions;
    this.#owner = owner;
    this.#scope = scope;
  }

  async apply(directory: string | URL): Outcome<readonly string[]> {
    const migrations = await readMigrations(directory);
    if (!migrations.success) return migrations;
    const pending = await this.#inTurn((session) => this.#findPending(session, migrations.data));
    if (!pending.success) return pending;

    const applied: string[] = [];
    for (const migration of pending.data) {
      const outcome = await this.#inTurn((session) => this.#applyOne(session, migration));
      if (!outcome.success) return outcome;
      if (outcome.data) applied.push(migration.name);
    }
    return Result.success(applied);
  }

  /** The number stands for Phasewise among the advisory locks of the database. */
  #inTurn<T>(work: (session: SqlSession) => Outcome<T>): Outcome<T> {
    const locked = async (session: SqlSession) => {
      await this.#run(session, "SET LOCAL statement_timeout = 0");
      await this.#run(session, "SELECT pg_advisory_xact_lock(7742963)");
      return work(session);
    };
    return runTransaction(this.#transactions, locked, this.#scope);
  }

  async #findPending(session: SqlSession, migrations: readonly Migration[]): Outcome<readonly Migration[]> {
    await this.#run(session, createRecords);
    const select = "SELECT name, checksum FROM phasewise_migrations WHERE owner = $1";
    const records = await this.#run<{ name: string; checksum: string }>(session, select, [this.#owner]);
    const checksums = new Map(records.map(({ name, checksum }) => [name, checksum]));
    const changed = migrations.find(({ name, checksum }) => checksum !== (checksums.get(name) ?? checksum));
    if (!changed) return Result.success(migrations.filter(({ name }) => !checksums.has(name)));
    return Result.error(
      "MIGRATION_CHANGED",
      `${changed.name} is not what was applied. Restore it, and put the change into a file of its own.`,
    );
  }

  /** Answers whether it has: another process may have been faster. */
  async #applyOne(session: SqlSession, { name, sql, checksum }: Migration): Outcome<boolean> {
    const select = "SELECT FROM phasewise_migrations WHERE owner = $1 AND name = $2";
    if ((await this.#run(session, select, [this.#owner, name])).length > 0) return Result.success(false);

    const begun = await this.#transactionId(session);
    try {
      await session.runScript(sql, this.#scope);
    } catch (cause) {
      if (databaseCodeOf(cause) === "UNAVAILABLE" || this.#scope.hasEnded) throw cause;
      return Result.error("MIGRATION_FAILED", `${name}: ${(cause as Error).message}`, { cause });
    }
    if ((await this.#transactionId(session)) !== begun) return endsTransaction(name);

    // What a file sets for itself, such as its search path, must not stay on the connection.
    await this.#run(session, "RESET ALL");
    const insert = "INSERT INTO phasewise_migrations (owner, name, checksum) VALUES ($1, $2, $3)";
    await this.#run(session, insert, [this.#owner, name, checksum]);
    return Result.success(true);
  }

  async #transactionId(session: SqlSession): Promise<string | undefined> {
    const [row] = await this.#run<{ id: string }>(session, "SELECT txid_current()::text AS id");
    return row?.id;
  }

  async #run<Row extends object>(session: SqlSession, sql: string, params: readonly string[] = []) {
    return (await session.run(sql, params, this.#scope)).rows as readonly Row[];
  }
}

function endsTransaction(name: string) {
  const remedy = "Remove its COMMIT or ROLLBACK, and look at what it has left";
  return Result.error("MIGRATION_FAILED", `${name} ends the transaction that it runs in: ${remedy}.`);
}
