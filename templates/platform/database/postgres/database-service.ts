import { type ActivationContext, Service } from "@phasewise/runtime";
import {
  type CallOptions,
  type Database,
  type MigrateOptions,
  PooledDatabase,
  type SqlParameter,
  type TransactionCallOptions,
  type TransactionWork,
} from "@phasewise/runtime/platform";
import type { DatabaseSettings } from "./database-settings.js";
import { PostgresPool } from "./postgres-pool.js";

/** A PostgreSQL server, over a pool of connections. */
export class DatabaseService extends Service<DatabaseSettings> implements Database {
  #pool!: PostgresPool;
  #database!: PooledDatabase;

  /** Reaches the server once: wrong settings are told when the application boots, and not by the first user. */
  protected override async onInitialize({ logger }: ActivationContext, settings: DatabaseSettings) {
    this.#pool = new PostgresPool(settings, logger);
    this.#database = new PooledDatabase({ pool: this.#pool, timeoutMs: settings.timeoutMs });
    const health = await this.#database.health();
    if (!health.success) await this.onDispose();
    return health;
  }

  protected override async onDispose() {
    await this.#database.close();
    await this.#pool.close();
  }

  async query<Row extends object = Record<string, unknown>>(
    sql: string,
    params?: readonly SqlParameter[],
    options?: CallOptions,
  ) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#database.query<Row>(sql, params, options);
  }

  async execute(sql: string, params?: readonly SqlParameter[], options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#database.execute(sql, params, options);
  }

  async stream<Row extends object = Record<string, unknown>>(
    sql: string,
    params?: readonly SqlParameter[],
    options?: CallOptions,
  ) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#database.stream<Row>(sql, params, options);
  }

  async withTransaction<T, C extends string = never>(work: TransactionWork<T, C>, options?: TransactionCallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#database.withTransaction(work, options);
  }

  async migrate(directory: string | URL, options?: MigrateOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#database.migrate(directory, options);
  }

  async health(options?: CallOptions) {
    const ready = this.requireInitialized();
    if (!ready.success) return ready;
    return await this.#database.health(options);
  }
}
