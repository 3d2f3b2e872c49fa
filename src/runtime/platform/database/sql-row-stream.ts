import { DatabaseError } from "./database-error.js";
import type { RowStream } from "./database.js";
import { batchRows } from "./sql-cursor.js";

/** Where a stream takes its rows from. */
export interface RowSource<Row> {
  /** The rows that are there already. */
  readonly first: readonly Row[];
  /** Gives the next rows, or rejects with a `DatabaseError`. */
  fetch(): Promise<readonly Row[]>;
  /** Gives back what the server holds; never rejects. */
  close(): Promise<unknown>;
}

/** Reads a source, a batch at a time, and closes it once: at the end, when the reader leaves, or before. */
export class SqlRowStream<Row> implements RowStream<Row> {
  readonly #source: RowSource<Row>;
  #isRead = false;
  #closing: Promise<unknown> | undefined;

  constructor(source: RowSource<Row>) {
    this.#source = source;
  }

  async *[Symbol.asyncIterator](): AsyncGenerator<Row, void, undefined> {
    if (this.#isRead)
      throw new DatabaseError("QUERY_FAILED", "These rows were read already. Call stream again for them.");
    this.#isRead = true;
    try {
      let batch = this.#source.first;
      for (;;) {
        for (const row of batch) yield row;
        if (batch.length < batchRows) return;
        batch = await this.#fetch();
      }
    } finally {
      await this.close();
    }
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.close();
  }

  close(): Promise<unknown> {
    return (this.#closing ??= this.#source.close());
  }

  #fetch(): Promise<readonly Row[]> {
    if (!this.#closing) return this.#source.fetch();
    throw new DatabaseError("UNAVAILABLE", "The rows were given back before they were read to the end.");
  }
}
