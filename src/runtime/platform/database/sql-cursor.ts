import type { CallScope } from "../platform-calls.js";
import type { SqlTarget } from "./sql-session.js";
import type { SentParameter } from "./sql-pool.js";
import type { SqlTransactions } from "./sql-transactions.js";

/** How many rows come at a time. */
export const batchRows = 1_000;

/** Where the rows of a stream are at the server. */
export interface SqlCursor {
  fetch(scope: CallScope): Promise<readonly object[]>;
  /** Gives back what the server holds for it. */
  close(scope: CallScope): Promise<unknown>;
}

/** A statement whose rows are read by a cursor of this name. */
export interface CursorStatement {
  readonly name: string;
  readonly sql: string;
  readonly params: readonly SentParameter[];
}

/** A cursor in the transaction that the reader is in. */
export async function openInTransaction(
  session: SqlTarget,
  statement: CursorStatement,
  scope: CallScope,
): Promise<SqlCursor> {
  await session.run(declare(statement, "WITHOUT HOLD"), statement.params, scope);
  return cursorOf(session, statement.name);
}

/** A cursor that holds no connection, so that the reader can use the only one: the server keeps a copy of the rows for it. */
export async function openHeld(target: SqlTarget, statement: CursorStatement, scope: CallScope): Promise<SqlCursor> {
  await target.run(declare(statement, "WITH HOLD"), statement.params, scope);
  return cursorOf(target, statement.name);
}

/** A cursor in a transaction of its own, which ends with it. */
export async function openAlone(
  transactions: SqlTransactions,
  statement: CursorStatement,
  scope: CallScope,
): Promise<SqlCursor> {
  const { connection: session, commit, rollback } = await transactions.begin(scope);
  try {
    const { fetch } = await openInTransaction(session, statement, scope);
    return { fetch, close: async () => Promise.resolve(commit()).catch(rollback) };
  } catch (error) {
    await rollback();
    throw error;
  }
}

function cursorOf(target: SqlTarget, name: string): SqlCursor {
  return {
    fetch: async (scope) => (await target.run(`FETCH ${batchRows} FROM ${name}`, [], scope)).rows,
    close: (scope) => target.run(`CLOSE ${name}`, [], scope),
  };
}

function declare({ name, sql }: CursorStatement, hold: string): string {
  return `DECLARE ${name} NO SCROLL CURSOR ${hold} FOR ${sql}`;
}
