import type { Failure } from "../results/outcome.js";
import type { Result } from "../results/result.js";
import { type AsyncMethod, decorated } from "../tasks/decorated.js";
import type { Service } from "./service.js";

/**
 * Decorates a method of a service: it answers a Failure `NOT_INITIALIZED` before `initialize` and after disposal, like one
 * that begins with `requireInitialized()`. The return type of the method must list that code.
 *
 * @example
 * ```ts
 * import { initialized, Result, Service } from "@phasewise/runtime";
 *
 * export class GreetingService extends Service {
 *   @initialized
 *   async greet(name: string): Promise<Result<string, "NOT_INITIALIZED">> {
 *     return Result.success(`Hello, ${name}!`);
 *   }
 * }
 * ```
 */
export function initialized<This extends Service<unknown>, Args extends unknown[], R extends Result<unknown>>(
  method: AsyncMethod<This, Args, R>,
  _context: ClassMethodDecoratorContext<This>,
): AsyncMethod<This, Args, R | Failure<"NOT_INITIALIZED">> {
  return decorated(method, async function (this: This, ...args: Args) {
    // The bracket notation is the language's own way past `protected`.
    const ready = this["requireInitialized"]();
    return ready.success ? method.apply(this, args) : ready;
  });
}
