import type { CallScope } from "../platform-calls.js";

/** A parameter as it is sent: as text, but for bytes. */
export type SentParameter = string | Uint8Array | null;

/** What the server answers to a statement. */
export interface SqlOutcome {
  readonly rows: readonly object[];
  /** How many rows were inserted, updated or deleted; 0 for anything else. */
  readonly affectedRows: number;
}

/**
 * A connection that nobody else uses until it is released. What it rejects with has the SQLSTATE as `code` and a `severity` when
 * the server says it; anything else that is no `TypeError` means that the server could not be reached.
 */
export interface SqlConnection {
  /** Runs one statement. When the scope ends, it rejects at once if it can, and the server is told to stop. */
  run(sql: string, params: readonly SentParameter[], scope: CallScope): Promise<SqlOutcome>;
  /** Runs any number of statements. */
  runScript(sql: string, scope: CallScope): Promise<unknown>;
  /** Gives the connection back; with an error, or after a statement that was given up, it must not be used again. */
  release(error?: unknown): void;
}

/** Where a `PooledDatabase` takes its connections from: all that an adapter of PostgreSQL has to bring. */
export interface SqlPool {
  /** Gives a connection when one is free. Rejects with the reason of the scope when that ends before. */
  connect(scope: CallScope): Promise<SqlConnection>;
  /** Numbers for `health`, such as the connections in use. */
  readonly status: Readonly<Record<string, number>>;
  /** Is there one connection only? Then no stream keeps it while the reader works. */
  readonly isSingle: boolean;
}
