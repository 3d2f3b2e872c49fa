import type { CallScope, SentParameter, SqlConnection, SqlOutcome } from "@phasewise/runtime/platform";
import { Semaphore } from "@phasewise/runtime/tasks";
import type { PoolClient, QueryConfig, QueryResult } from "pg";

type Done = (error: Error | null, result: QueryResult<object>) => void;

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
    const { rows, rowCount, command } = await this.#inTurn((done) => this.#send(sql, params, done), scope);
    return { rows, affectedRows: counted.has(command) ? (rowCount ?? 0) : 0 };
  }

  async runScript(sql: string, scope: CallScope): Promise<unknown> {
    return await this.#inTurn((done) => this.#client.query(sql, done), scope);
  }

  release(error?: unknown): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.#client.release(error instanceof Error ? error : this.#broken);
    this.#onRelease();
  }

  /** The statements of a connection run one after another. */
  async #inTurn(send: (done: Done) => void, scope: CallScope): Promise<QueryResult<object>> {
    scope.throwIfAborted();
    const turn = this.#turns.tryAcquire() ?? (await this.#turns.acquire(scope));
    try {
      if (this.#broken) throw this.#broken;
      return await this.#unlessEnded(send, scope);
    } finally {
      turn.release();
    }
  }

  /** The extended protocol takes one statement only. `pg` uses it where there are parameters, or where it is told to. */
  #send(sql: string, params: readonly SentParameter[], done: Done): void {
    if (params.length > 0) this.#client.query(sql, [...params], done);
    else this.#client.query({ text: sql, queryMode: "extended" } as QueryConfig, done);
  }

  #unlessEnded(send: (done: Done) => void, scope: CallScope): Promise<QueryResult<object>> {
    return new Promise((resolve, reject) => {
      const stop = scope.onEnd((reason) => {
        this.#broken = new Error("the connection was given up with a statement that took too long");
        reject(reason);
        this.#cancel(processIdOf(this.#client));
      });
      send((error, result) => {
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
