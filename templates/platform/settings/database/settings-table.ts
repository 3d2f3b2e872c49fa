import { Result } from "@phasewise/runtime";
import type {
  CallOptions,
  Database,
  DatabaseFailureCode,
  PlatformFailureCode,
  SettingsStore,
} from "@phasewise/runtime/platform";

const createTable = `CREATE TABLE IF NOT EXISTS phasewise_settings (
  name text PRIMARY KEY,
  value json NOT NULL,
  changed_at timestamptz NOT NULL DEFAULT now()
)`;

const upsert = `INSERT INTO phasewise_settings (name, value) VALUES ($1, $2)
  ON CONFLICT (name) DO UPDATE SET value = excluded.value, changed_at = now()`;

/** The table `phasewise_settings`. */
export class SettingsTable implements SettingsStore {
  readonly #database: Database;

  constructor(database: Database) {
    this.#database = database;
  }

  /** Creates the table if it is not there. Processes that start at the same time wait for each other. */
  create(): Promise<Result<number, DatabaseFailureCode>> {
    return this.#database.withTransaction(async (sql) => {
      const locked = await sql.query("SELECT pg_advisory_xact_lock(hashtext('phasewise_settings'))");
      return locked.success ? sql.execute(createTable) : locked;
    });
  }

  async read(name: string, options: CallOptions) {
    const select = "SELECT value::text FROM phasewise_settings WHERE name = $1";
    const rows = await this.#database.query<{ value: string }>(select, [name], options);
    return Result.map(toPlatform(rows), ([row]) => row?.value);
  }

  async write(name: string, text: string, options: CallOptions) {
    return toPlatform(await this.#database.execute(upsert, [name, text], options));
  }

  async list(options: CallOptions) {
    const rows = await this.#database.query<{ name: string }>("SELECT name FROM phasewise_settings", [], options);
    return Result.map(toPlatform(rows), (all) => all.map(({ name }) => name));
  }

  async remove(name: string, options: CallOptions) {
    const removed = await this.#database.execute("DELETE FROM phasewise_settings WHERE name = $1", [name], options);
    return Result.map(toPlatform(removed), (count) => count > 0);
  }
}

/** That the table is gone, for instance, is for the users of settings that they are not available. */
function toPlatform<T>(result: Result<T, DatabaseFailureCode>): Result<T, PlatformFailureCode> {
  if (result.success) return result;
  const { code, message, cause } = result.error;
  switch (code) {
    case "NOT_INITIALIZED":
    case "TIMED_OUT":
    case "ABORTED":
      return Result.error(code, message, { cause });
    default:
      return Result.error("UNAVAILABLE", message, { cause });
  }
}
