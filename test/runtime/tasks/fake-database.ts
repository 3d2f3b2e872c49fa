import { setImmediate as nextTurn } from "node:timers/promises";
import type { OpenTransaction, TransactionOptions, TransactionSource } from "@phasewise/runtime";

type Rows = Map<string, string>;

/** A transaction or a savepoint that is open on a connection: what it is called, and the rows when it was begun. */
interface Level {
  readonly name: string;
  readonly before: Rows;
}

/** How a database is to behave: which of the statements that end or begin something fail, by the text of the statement. */
export type Faults = Partial<Record<string, Error>>;

/**
 * A database in memory that notes every statement, each connection its own, and what breaks the protocol: a statement
 * after the end, a savepoint that ends before one within it, an end that comes twice.
 */
export class FakeDatabase implements TransactionSource<FakeConnection> {
  readonly connections: FakeConnection[] = [];
  readonly violations: string[] = [];
  readonly signals: (AbortSignal | undefined)[] = [];
  readonly faults: Faults;
  rows: Rows = new Map();

  constructor(faults: Faults = {}) {
    this.faults = faults;
  }

  /** The statements of the only connection, or of the one with this number. */
  statements(number = 0): readonly string[] {
    return this.connections[number]?.statements ?? [];
  }

  async begin({ signal }: TransactionOptions): Promise<OpenTransaction<FakeConnection>> {
    this.signals.push(signal);
    await turn();
    signal?.throwIfAborted();
    const connection = new FakeConnection(this);
    this.connections.push(connection);
    return connection.begin();
  }
}

export class FakeConnection {
  readonly statements: string[] = [];
  readonly #database: FakeDatabase;
  #levels: Level[] = [];
  #rows: Rows = new Map();
  #savepoints = 0;

  constructor(database: FakeDatabase) {
    this.#database = database;
  }

  get isOpen(): boolean {
    return this.#levels.length > 0;
  }

  async begin(): Promise<OpenTransaction<FakeConnection>> {
    const level = await this.#enter("BEGIN", "transaction");
    return {
      connection: this,
      commit: async () => {
        await this.#leave("COMMIT", level);
        for (const [key, value] of this.#rows) this.#database.rows.set(key, value);
      },
      rollback: () => this.#leave("ROLLBACK", level),
      savepoint: () => this.#savepoint(),
    };
  }

  async write(key: string, value = key): Promise<void> {
    if (!this.isOpen) this.#database.violations.push(`write ${key} after the end`);
    await this.#execute(`write ${key}`);
    this.#rows.set(key, value);
  }

  async #savepoint(): Promise<OpenTransaction<FakeConnection>> {
    const name = `s${++this.#savepoints}`;
    const level = await this.#enter(`SAVEPOINT ${name}`, name);
    return {
      connection: this,
      commit: () => this.#leave(`RELEASE ${name}`, level),
      rollback: () => this.#leave(`ROLLBACK TO ${name}`, level),
      savepoint: () => this.#savepoint(),
    };
  }

  async #enter(statement: string, name: string): Promise<Level> {
    await this.#execute(statement);
    const level = { name, before: new Map(this.#rows) };
    this.#levels.push(level);
    return level;
  }

  /** Ends the level, unless the statement is a `RELEASE` or `COMMIT` that fails. */
  async #leave(statement: string, level: Level): Promise<void> {
    if (this.#levels.at(-1) !== level) this.#database.violations.push(`${statement} in ${this.#levels.at(-1)?.name}`);
    const isRollback = statement.startsWith("ROLLBACK");
    const end = () => (this.#levels = this.#levels.filter((other) => other !== level));
    if (isRollback) end();
    await this.#execute(statement);
    end();
    if (isRollback) this.#rows = level.before;
  }

  /** Statements of one connection are noted in the order in which they were given to it, and take a while. */
  async #execute(statement: string): Promise<void> {
    this.statements.push(statement);
    await turn();
    const fault = this.#database.faults[statement];
    if (fault) throw fault;
  }
}

/** One turn of the event loop. */
export function turn(): Promise<void> {
  return nextTurn();
}
