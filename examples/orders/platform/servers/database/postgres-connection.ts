import type { SentParameter, SqlConnection, SqlOutcome } from "@phasewise/runtime/platform";
import { Semaphore } from "@phasewise/runtime/tasks";
import type { PoolClient, QueryConfig } from "pg";

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

  async run(sql: string, params: readonly SentParameter[], signal: AbortSignal): Promise<SqlOutcome> {
    const query: ExtendedQuery = { text: sql, values: [...params], queryMode: "extended" };
    const { rows, rowCount, command } = await this.#inTurn(() => this.#client.query<object>(query), signal);
    return { rows, affectedRows: counted.has(command) ? (rowCount ?? 0) : 0 };
  }

  async runScript(sql: string, signal: AbortSignal): Promise<unknown> {
    return this.#inTurn(() => this.#client.query(sql), signal);
  }

  release(error?: unknown): void {
    if (this.#isReleased) return;
    this.#isReleased = true;
    this.#client.release(error instanceof Error ? error : this.#broken);
    this.#onRelease();
  }

  /** The statements of a connection run one after another. */
  #inTurn<R>(query: () => Promise<R>, signal: AbortSignal): Promise<R> {
    const run = async () => {
      if (this.#broken) throw this.#broken;
      return this.#unlessAborted(query, signal);
    };
    return this.#turns.use(run, { signal });
  }

  #unlessAborted<R>(query: () => Promise<R>, signal: AbortSignal): Promise<R> {
    return new Promise((resolve, reject) => {
      const giveUp = () => {
        this.#broken = new Error("the connection was given up with a statement that took too long");
        reject(signal.reason);
        this.#cancel(processIdOf(this.#client));
      };
      signal.addEventListener("abort", giveUp, { once: true });
      query()
        .finally(() => signal.removeEventListener("abort", giveUp))
        .then(resolve, reject);
    });
  }
}

/** The types of `pg` do not have it, its documentation does. */
function processIdOf(client: PoolClient): number {
  return (client as PoolClient & { readonly processID: number }).processID;
}
