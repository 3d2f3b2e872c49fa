import type { CallScope, SentParameter, SqlConnection, SqlOutcome } from "@phasewise/runtime/platform";
import { Semaphore } from "@phasewise/runtime/tasks";
import type { PoolClient, QueryConfig, QueryResult } from "pg";

/** The extended protocol takes one statement only, with or without parameters. The types of `pg` do not know of it. */
interface ExtendedQuery extends QueryConfig {
  readonly queryMode: "extended";
}

const counted = new Set(["INSERT", "UPDATE", "DELETE", "MERGE", "COPY"]);

/** A connection while it is out of its pool. After a statement that was given up, it is not used again. */
export class PostgresConnection implements SqlConnection {
  readonly #client: PoolClient;
  readonly #turns = new Semaphore(1);
  readonly #cancel: (processId: number) => void;
  readonly #onRelease: () => void;
  #broken: Error | undefined;
  #isReleased = false;

  constructor(client: PoolClient, cancel: (processId: number) => void, onRelease: () => void) {
    this.#client = client;
    this.#cancel = cancel;
    this.#onRelease = onRelease;
  }

  async run(sql: string, params: readonly SentParameter[], scope: CallScope): Promise<SqlOutcome> {
    const query: ExtendedQuery = { text: sql, values: [...params], queryMode: "extended" };
    const { rows, rowCount, command } = await this.#inTurn(query, scope);
    return { rows, affectedRows: counted.has(command) ? (rowCount ?? 0) : 0 };
  }

  async runScript(sql: string, scope: CallScope): Promise<unknown> {
    return await this.#inTurn({ text: sql }, scope);
  }

  release(error?: unknown): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.#client.release(error instanceof Error ? error : this.#broken);
    this.#onRelease();
  }

  /** The statements of a connection run one after another. */
  async #inTurn(query: QueryConfig, scope: CallScope): Promise<QueryResult<object>> {
    scope.throwIfEnded();
    const turn = this.#turns.tryAcquire() ?? (await this.#turns.acquire(scope));
    try {
      if (this.#broken) throw this.#broken;
      return await this.#unlessEnded(query, scope);
    } finally {
      turn.release();
    }
  }

  #unlessEnded(query: QueryConfig, scope: CallScope): Promise<QueryResult<object>> {
    return new Promise((resolve, reject) => {
      const stop = scope.onEnd((reason) => {
        this.#broken = new Error("the connection was given up with a statement that took too long");
        reject(reason);
        this.#cancel(processIdOf(this.#client));
      });
      this.#client.query<object>(query, (error: Error | null, result) => {
        stop();
        if (error) reject(error);
        else resolve(result);
      });
    });
  }
}

/** The types of `pg` do not have it, its documentation does. */
function processIdOf(client: PoolClient): number {
  return (client as PoolClient & { readonly processID: number }).processID;
}
