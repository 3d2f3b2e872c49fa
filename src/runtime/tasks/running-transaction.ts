import { AsyncLocalStorage } from "node:async_hooks";
import { isFailure } from "../results/is-failure.js";
import { nestingUnsupported, rollbackFailed, transactionBusy, transactionEnded } from "./errors.js";
import { isCancellation } from "./is-cancellation.js";
import { abortSourceOf, onAbort } from "./on-abort.js";
import { Scope } from "./scope.js";
import type { OpenTransaction, TransactionOptions, TransactionSource } from "./transaction-source.js";
import { withAbort } from "./with-abort.js";

type Work<C, T> = (connection: C, scope: Scope) => PromiseLike<T>;

const transactions = new AsyncLocalStorage<RunningTransaction<unknown>>();

/** The innermost transaction of the source that the caller runs in, maybe within those of other sources. */
export function findRunning<C>(source: TransactionSource<C>, call: string): RunningTransaction<C> | undefined {
  let found = transactions.getStore();
  while (found && found.source !== source) found = found.around;
  found?.requireOpen(call);
  return found as RunningTransaction<C> | undefined;
}

/** One call of `transaction`: a transaction of the source, or a savepoint of the `outer` one. */
export class RunningTransaction<C> {
  readonly source: TransactionSource<C>;
  /** The transaction, of whichever source, in whose work this one was begun. */
  readonly around = transactions.getStore();
  readonly #outer: RunningTransaction<C> | undefined;
  readonly #options: TransactionOptions;
  readonly #scope: Scope;
  #open: OpenTransaction<C> | undefined;
  #hasEnded = false;
  /** How many nested calls are running or wait for their turn. */
  #nested = 0;
  /** Fulfils when all of them have settled. */
  #turn = Promise.resolve();

  constructor(source: TransactionSource<C>, outer: RunningTransaction<C> | undefined, options: TransactionOptions) {
    this.source = source;
    this.#outer = outer;
    this.#options = options;
    this.#scope = new Scope(outer && outer.#scope);
  }

  get connection(): C {
    if (this.#nested > 0) throw transactionBusy();
    return this.#open!.connection;
  }

  requireOpen(call: string): void {
    if (this.#hasEnded) throw transactionEnded(`${call} was called after`);
  }

  /** Begins a nested call, which has to wait for its turn. */
  nest<T>(begin: (turn: Promise<void>) => Promise<T>): Promise<T> {
    if (!this.#open!.savepoint) throw nestingUnsupported();
    this.#nested++;
    const nested = begin(this.#turn).finally(() => this.#nested--);
    this.#turn = Promise.allSettled([this.#turn, nested]).then(() => {});
    return nested;
  }

  async run<T>(work: Work<C, T>, turn: Promise<void> | undefined): Promise<T> {
    let outcome: T;
    try {
      outcome = await this.#perform(work, turn);
      if (!isFailure(outcome)) {
        await this.#open!.commit();
        return outcome;
      }
    } catch (error) {
      await this.#rollBack(error);
      throw error;
    }
    await this.#rollBack(outcome);
    return outcome;
  }

  /** Gives what the work gives, or throws why that cannot be committed. Nobody works in the transaction any more then. */
  async #perform<T>(work: Work<C, T>, turn: Promise<void> | undefined): Promise<T> {
    const scope = this.#scope;
    const stopListening = onAbort(abortSourceOf(this.#options), (reason) => scope.end(reason));
    try {
      if (turn) await withAbort(turn, scope.signal);
      scope.throwIfAborted();
      const { connection } = (this.#open = await this.#begin());
      scope.throwIfAborted();
      const outcome = await transactions.run(this, () => work(connection, scope));
      if (isFailure(outcome) && !this.#isCancellation(outcome)) return outcome;
      if (this.#nested > 0) this.#cancelRest();
      scope.throwIfAborted();
      return outcome;
    } catch (error) {
      throw this.#isCancellation(error) ? scope.reason : error;
    } finally {
      this.#hasEnded = true;
      stopListening();
      this.#cancelRest();
      await this.#turn;
    }
  }

  #begin(): PromiseLike<OpenTransaction<C>> {
    return this.#outer ? this.#outer.#open!.savepoint!() : this.source.begin(this.#options);
  }

  /** Cancels what the work has left running, if it was not cancelled before. */
  #cancelRest(): void {
    this.#scope.endBy(() => transactionEnded("Work went on after"));
  }

  #isCancellation(outcome: unknown): boolean {
    return this.#scope.hasEnded && isCancellation(outcome, this.#scope.reason);
  }

  /** When it fails, the outer transaction must not be committed either: it might hold what was to be undone. */
  async #rollBack(outcome: unknown): Promise<void> {
    try {
      await this.#open?.rollback();
    } catch (error) {
      const failure = rollbackFailed(outcome, error);
      if (this.#outer) this.#outer.#scope.end(failure);
      throw failure;
    }
  }
}
