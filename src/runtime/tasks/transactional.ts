import type { Result } from "../results/result.js";
import { type AsyncMethod, decorated, findSignal } from "./decorated.js";
import { transaction } from "./transaction.js";
import type { TransactionSource } from "./transaction-source.js";

/**
 * Decorates a method: it runs in a `transaction` of the source, which is rolled back when the method answers a Failure or
 * throws, and when the signal aborts that the method was given, as its last argument or in it. A call made meanwhile to
 * another such method of the same source is a savepoint of that transaction.
 *
 * @throws TaskError as `transaction` does.
 *
 * @example
 * ```ts
 * import { Result, Service, type TransactionSource, transactional } from "@phasewise/runtime";
 *
 * export class OrderService extends Service {
 *   database!: TransactionSource<unknown>;
 *
 *   @transactional((self: OrderService) => self.database)
 *   async placeOrder(amount: number): Promise<Result<number, "EMPTY">> {
 *     return amount > 0 ? Result.success(amount) : Result.error("EMPTY", "there is nothing to order");
 *   }
 * }
 * ```
 */
export function transactional<Self>(findSource: (self: Self) => TransactionSource<unknown>) {
  return <This extends Self, Args extends unknown[], R extends Result<unknown>>(
    method: AsyncMethod<This, Args, R>,
    _context: ClassMethodDecoratorContext<This>,
  ): AsyncMethod<This, Args, R> =>
    decorated(method, async function (this: This, ...args: Args) {
      return transaction(findSource(this), () => method.apply(this, args), { signal: findSignal(args) });
    });
}
