import { Result } from "../../results/result.js";
import type { BoundCallOptions, CallScope } from "../platform-calls.js";
import type { CallOptions } from "../platform-service.js";
import type { DatabaseCalls } from "./database-calls.js";
import { DatabaseError } from "./database-error.js";
import type { DatabaseFailureCode, RowStream, SqlParameter, SqlRunner } from "./database.js";
import { toSent } from "./sent-parameters.js";
import {
  batchRows,
  type CursorStatement,
  openAlone,
  openHeld,
  openInTransaction,
  type SqlCursor,
} from "./sql-cursor.js";
import type { SqlOutcome } from "./sql-pool.js";
import { type RowSource, SqlRowStream } from "./sql-row-stream.js";
import type { SqlSession, SqlTarget } from "./sql-session.js";
import type { SqlTransactions } from "./sql-transactions.js";

/** What the runners of one database share. */
export interface RunnerSurroundings {
  readonly calls: DatabaseCalls;
  readonly transactions: SqlTransactions;
  /** Streams that hold a connection of their own. */
  readonly open: Set<SqlRowStream<unknown>>;
  /** Is there one connection only? */
  readonly isSingle: boolean;
  nextCursorName(): string;
}

/** The transaction that statements belong to, if any. */
export interface RunnerPlace {
  findSession(): SqlSession | undefined;
  findScope(): CallScope | undefined;
}

interface OpenRows<Row> {
  readonly cursor: SqlCursor;
  readonly first: readonly Row[];
}

/** Runs statements as calls of the database, in the transaction of its place or on any connection. */
export class StatementRunner implements SqlRunner {
  readonly #surroundings: RunnerSurroundings;
  readonly #place: RunnerPlace;

  constructor(surroundings: RunnerSurroundings, place: RunnerPlace) {
    this.#surroundings = surroundings;
    this.#place = place;
  }

  async query<Row extends object>(sql: string, params: readonly SqlParameter[] = [], options?: CallOptions) {
    const outcome = await this.#run("query", sql, params, options);
    return Result.map(outcome, ({ rows }) => rows as readonly Row[]);
  }

  async execute(sql: string, params: readonly SqlParameter[] = [], options?: CallOptions) {
    const outcome = await this.#run("execute", sql, params, options);
    return Result.map(outcome, ({ affectedRows }) => affectedRows);
  }

  async stream<Row extends object>(
    sql: string,
    params: readonly SqlParameter[] = [],
    options?: CallOptions,
  ): Promise<Result<RowStream<Row>, DatabaseFailureCode>> {
    const limits = this.#within(options);
    const opened = await this.#open<Row>(sql, params, limits);
    if (!opened.success) return opened;
    const { open } = this.#surroundings;
    const source = this.#sourceOf(opened.data, limits, () => open.delete(stream));
    const stream = new SqlRowStream(source);
    open.add(stream);
    if (source.first.length < batchRows) await stream.close();
    return Result.success(stream);
  }

  #run(operation: string, sql: string, params: readonly SqlParameter[], options: CallOptions | undefined) {
    return this.#surroundings.calls.run<SqlOutcome>(operation, this.#within(options), async (scope) =>
      Result.success(await this.#target().run(sql, toSent(sql, params), scope)),
    );
  }

  #open<Row>(sql: string, params: readonly SqlParameter[], limits: BoundCallOptions) {
    const { calls, nextCursorName } = this.#surroundings;
    return calls.run<OpenRows<Row>>("stream", limits, async (scope) => {
      const cursor = await this.#openCursor({ name: nextCursorName(), sql, params: toSent(sql, params) }, scope);
      try {
        const first = (await cursor.fetch(scope)) as readonly Row[];
        scope.throwIfAborted();
        return Result.success({ cursor, first });
      } catch (error) {
        await cursor.close(scope).catch(() => {});
        throw error;
      }
    });
  }

  #openCursor(statement: CursorStatement, scope: CallScope): Promise<SqlCursor> {
    const { transactions, isSingle } = this.#surroundings;
    const session = this.#place.findSession();
    if (session) return openInTransaction(session, statement, scope);
    if (!isSingle) return openAlone(transactions, statement, scope);
    return openHeld({ run: (...call) => this.#target().run(...call) }, statement, scope);
  }

  #sourceOf<Row>({ cursor, first }: OpenRows<Row>, limits: BoundCallOptions, onClose: () => void): RowSource<Row> {
    const { calls } = this.#surroundings;
    return {
      first,
      async fetch() {
        const rows = await calls.run("fetch", limits, async (scope) => Result.success(await cursor.fetch(scope)));
        if (rows.success) return rows.data as readonly Row[];
        throw new DatabaseError(rows.error.code, rows.error.message, { cause: rows.error.cause });
      },
      close() {
        onClose();
        return calls.run("close-rows", {}, async (scope) => Result.success(await cursor.close(scope)));
      },
    };
  }

  #target(): SqlTarget {
    return this.#place.findSession() ?? this.#surroundings.transactions;
  }

  /** A statement ends with its transaction as well. */
  #within(options: CallOptions | undefined): BoundCallOptions {
    return { ...options, within: this.#place.findScope() };
  }
}
