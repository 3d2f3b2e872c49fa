import { Scope } from "../tasks/scope.js";
import { requireAmount, unwanted } from "./errors.js";
import { type Receiver, Relay, type Waiting } from "./receiver.js";
import type { Stage } from "./stage.js";

/**
 * A stage that gives the first `count` items. With the last one everything before it ends: no more is read, tasks that
 * are running are aborted, and the source is closed when the item has been taken.
 *
 * @throws TaskError `INVALID_OPTION` for a count that is negative or no whole number.
 *
 * @example
 * ```ts
 * import { filter, pipeline, take } from "@phasewise/runtime/streams";
 *
 * export const findFirst = pipeline(filter((line: string) => line.startsWith("ERROR")), take(1));
 * ```
 */
export function take<T>(count: number): Stage<T, T> {
  requireAmount("take", "count", count);
  return { name: "take", connect: (next) => new Taking(count, next) };
}

class Taking<T> extends Relay<T, T> {
  #left: number;

  constructor(count: number, next: Receiver<T>) {
    super(next, new Scope(next.scope));
    this.#left = count;
    if (count === 0) this.scope.end(unwanted());
  }

  push(item: T): Waiting {
    if (--this.#left === 0) this.scope.end(unwanted());
    return this.next.push(item);
  }
}
