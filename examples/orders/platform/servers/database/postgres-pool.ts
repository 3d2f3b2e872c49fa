import type { Logger } from "@phasewise/runtime";
import type { CallScope, SqlConnection, SqlPool } from "@phasewise/runtime/platform";
import { Semaphore } from "@phasewise/runtime/tasks";
import { Client, type ClientConfig, Pool } from "pg";
import type { DatabaseSettings } from "./database-settings.js";
import { PostgresConnection } from "./postgres-connection.js";
import { typeParsers } from "./type-parsers.js";

/** Connections to a server, at most so many; who waits for one is served in order, and may give up. */
export class PostgresPool implements SqlPool {
  readonly isSingle = false;
  readonly #config: ClientConfig;
  readonly #pool: Pool;
  readonly #turns: Semaphore;
  readonly #used = new Set<PostgresConnection>();
  readonly #cancelling = new Set<Promise<void>>();
  readonly #logger: Logger;

  constructor(settings: DatabaseSettings, logger: Logger) {
    this.#logger = logger;
    this.#turns = new Semaphore(settings.maxConnections);
    this.#config = {
      connectionString: settings.url,
      connectionTimeoutMillis: settings.connectTimeoutMs,
      statement_timeout: settings.statementTimeoutMs,
      keepAlive: true,
      types: typeParsers,
    };
    this.#pool = new Pool({ ...this.#config, max: settings.maxConnections });
    // Without these listeners a connection that breaks would end the process. The pool itself replaces it.
    this.#pool.on("error", (error) => logger.warn("an idle connection was lost", { error: error.message }));
    this.#pool.on("connect", (client) => client.on("error", () => {}));
  }

  get status(): Readonly<Record<string, number>> {
    const { totalCount: connections, idleCount: idle } = this.#pool;
    return { connections, idle, waiting: this.#turns.waiting };
  }

  async connect(scope: CallScope): Promise<SqlConnection> {
    const turn = this.#turns.tryAcquire() ?? (await this.#turns.acquire(scope));
    try {
      const client = await this.#pool.connect();
      const connection = new PostgresConnection(client, (id) => this.#cancelInBackground(id), () => {
        this.#used.delete(connection);
        turn.release();
      });
      this.#used.add(connection);
      return connection;
    } catch (error) {
      turn.release();
      throw error;
    }
  }

  /** Closes all connections, those of abandoned work among them. */
  async close(): Promise<void> {
    for (const connection of this.#used) connection.release(new Error("the database is closed"));
    await Promise.all(this.#cancelling);
    await this.#pool.end();
  }

  #cancelInBackground(processId: number): void {
    const cancelling = this.#cancel(processId).finally(() => this.#cancelling.delete(cancelling));
    this.#cancelling.add(cancelling);
  }

  /** Tells the server to stop what the connection with this id does, from another connection, since that one is busy. */
  async #cancel(processId: number): Promise<void> {
    const client = new Client(this.#config);
    client.on("error", () => {});
    try {
      await client.connect();
      await client.query("SELECT pg_cancel_backend($1)", [processId]);
    } catch (error) {
      this.#logger.warn("a statement could not be cancelled", { error: (error as Error).message });
    } finally {
      await client.end();
    }
  }
}
