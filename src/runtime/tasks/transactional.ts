import { AsyncLocalStorage } from "node:async_hooks";
import { describeFailure } from "../results/errors.js";
import type { Failure } from "../results/outcome.js";
import type { Result } from "../results/result.js";
import { type AsyncMethod, decorated, findSignal } from "./decorated.js";
import { type FailedCall, rolledBack, TaskError } from "./errors.js";

/** What `@transactional` runs a method in: a database, for example. */
export interface TransactionRunner {
  /**
   * Runs the work in a transaction. Commits when it fulfils, and gives what it gave; rolls back when it rejects, and
   * rejects with the same error. Rolls back as well when the signal aborts before the commit.
   */
  transaction<T>(work: () => Promise<T>, options: { readonly signal?: AbortSignal | undefined }): Promise<T>;
}

interface Transaction {
  readonly runner: TransactionRunner;
  readonly outer: Transaction | undefined;
  isOpen: boolean;
  /** The first call of those that joined which failed. */
  failed?: FailedCall;
}

const transactions = new AsyncLocalStorage<Transaction>();

/**
 * Decorates a method: it runs in a transaction of the runner, which is rolled back when the method answers a Failure or
 * throws. A call made meanwhile to another such method on the same runner joins that transaction: when it fails, the
 * whole is rolled back, and an outer method that succeeds nevertheless throws `ROLLED_BACK`.
 *
 * The runner is given the signal that the method was given, as its last argument or in it.
 *
 * @throws TaskError `ROLLED_BACK`
 *
 * @example
 * ```ts
 * import { Result, Service, type TransactionRunner, transactional } from "@phasewise/runtime";
 *
 * export class OrderService extends Service {
 *   database!: TransactionRunner;
 *
 *   @transactional((self: OrderService) => self.database)
 *   async placeOrder(amount: number): Promise<Result<number, "EMPTY">> {
 *     return amount > 0 ? Result.success(amount) : Result.error("EMPTY", "there is nothing to order");
 *   }
 * }
 * ```
 */
export function transactional<Self>(findRunner: (self: Self) => TransactionRunner) {
  return <This extends Self, Args extends unknown[], R extends Result<unknown>>(
    method: AsyncMethod<This, Args, R>,
    _context: ClassMethodDecoratorContext<This>,
  ): AsyncMethod<This, Args, R> =>
    decorated(method, async function (this: This, ...args: Args) {
      const runner = findRunner(this);
      const joined = findOpen(runner);
      const work = () => method.apply(this, args);
      return joined ? join(joined, method.name, work) : begin(runner, method.name, work, findSignal(args));
    });
}

function findOpen(runner: TransactionRunner): Transaction | undefined {
  let transaction = transactions.getStore();
  while (transaction && !(transaction.isOpen && transaction.runner === runner)) transaction = transaction.outer;
  return transaction;
}

async function join<R extends Result<unknown>>(
  transaction: Transaction,
  name: string,
  work: () => Promise<R>,
): Promise<R> {
  try {
    const result = await work();
    if (!result.success) transaction.failed ??= { name, cause: result.error };
    return result;
  } catch (cause) {
    transaction.failed ??= { name, cause };
    throw cause;
  }
}

async function begin<R extends Result<unknown>>(
  runner: TransactionRunner,
  name: string,
  work: () => Promise<R>,
  signal: AbortSignal | undefined,
): Promise<R> {
  const outer = transactions.getStore();
  const runInside = async () => {
    const transaction: Transaction = { runner, outer, isOpen: true };
    try {
      const result = await transactions.run(transaction, work);
      if (!result.success) throw new Rollback(name, result);
      if (transaction.failed) throw rolledBack(name, transaction.failed);
      return result;
    } finally {
      transaction.isOpen = false;
    }
  };
  try {
    return await runner.transaction(runInside, { signal });
  } catch (error) {
    if (error instanceof Rollback) return error.answer as R;
    throw error;
  }
}

/** Makes the runner roll back when the method answers a Failure. */
class Rollback extends TaskError {
  readonly answer: Failure;

  constructor(name: string, answer: Failure) {
    super("ROLLED_BACK", `${name} answered ${describeFailure(answer.error)}`, { cause: answer.error });
    this.answer = answer;
  }
}
