/** What `transaction` takes beside the work. */
export interface TransactionOptions {
  /** Rolls the transaction back when it aborts before the work has ended. */
  readonly signal?: AbortSignal | undefined;
}

/** What `transaction` runs work in, such as a database; `C` is the connection that the work uses. */
export interface TransactionSource<C> {
  /** Begins a transaction. When the signal aborts meanwhile, it rejects at once with the signal's reason. */
  begin(options: TransactionOptions): PromiseLike<OpenTransaction<C>>;
}

/**
 * A transaction that was begun, or a savepoint that was set. One of `commit` and `rollback` ends it, and is called once;
 * after a `commit` that rejects comes a `rollback`.
 */
export interface OpenTransaction<C> {
  readonly connection: C;
  /** Keeps what was done. A savepoint is released. */
  commit(): PromiseLike<unknown>;
  /** Undoes what was done. Of a savepoint: what was done since. */
  rollback(): PromiseLike<unknown>;
  /** Sets a savepoint, for a nested call. The next one is set when this one has ended, or in it. */
  savepoint?(): PromiseLike<OpenTransaction<C>>;
}
