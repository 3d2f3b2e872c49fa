import { PGlite, types } from "@electric-sql/pglite";
import type { CallScope, SentParameter, SqlConnection, SqlOutcome, SqlPool } from "@phasewise/runtime/platform";
import { Semaphore } from "@phasewise/runtime/tasks";

/** The types whose values stay as the server writes them. */
const texts = [types.INT8, types.NUMERIC, types.DATE, types.TIMESTAMP, types.TIME, types.INTERVAL];

/** The one connection to PostgreSQL in this process, which its users take in turn. */
export class PglitePool implements SqlPool {
  readonly isSingle = true;
  readonly #postgres: PGlite;
  readonly #turns = new Semaphore(1);

  private constructor(postgres: PGlite) {
    this.#postgres = postgres;
  }

  /** Opens the database in the folder, or one in memory. */
  static async open(directory: string | undefined): Promise<PglitePool> {
    const parsers = Object.fromEntries(texts.map((type) => [type, (text: string) => text]));
    const serializers = { [types.BOOL]: String };
    return new PglitePool(await PGlite.create({ ...(directory && { dataDir: directory }), parsers, serializers }));
  }

  get status(): Readonly<Record<string, number>> {
    return { connections: 1, idle: this.#turns.free, waiting: this.#turns.waiting };
  }

  async connect(scope: CallScope): Promise<SqlConnection> {
    const turn = await this.#turns.acquire(scope);
    return {
      run: (sql, params) => this.#run(sql, params),
      runScript: (sql) => this.#postgres.exec(sql),
      release: () => turn.release(),
    };
  }

  /** Waits for the statement that runs. */
  async close(): Promise<void> {
    await this.#postgres.close();
  }

  async #run(sql: string, params: readonly SentParameter[]): Promise<SqlOutcome> {
    const { rows, affectedRows = 0 } = await this.#postgres.query<object>(sql, [...params]);
    return { rows, affectedRows };
  }
}
