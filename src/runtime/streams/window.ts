import { requireCount } from "../tasks/errors.js";
import { type Receiver, Relay, type Waiting } from "./receiver.js";
import type { Stage } from "./stage.js";

/** What `window` takes. */
export interface WindowOptions {
  /** How many items a window has. */
  readonly size: number;
  /** How many items one window begins after the other; by default 1. */
  readonly step?: number | undefined;
}

/**
 * A stage that gives windows of `size` successive items, each as an array of its own: `window(2)` makes `[1, 2]` and `[2, 3]`
 * of 1, 2, 3. What does not fill a window at the end is left out.
 *
 * @throws TaskError `INVALID_OPTION` for a size or a step that is no whole number above 0.
 *
 * @example
 * ```ts
 * import { map, pipeline, window } from "@phasewise/runtime/streams";
 *
 * export const differences = pipeline(window<number>(2), map(([a = 0, b = 0]) => b - a));
 * ```
 */
export function window<T>(options: number | WindowOptions): Stage<T, T[]> {
  const { size, step = 1 } = typeof options === "object" ? options : { size: options };
  requireCount("window", "size", size);
  requireCount("window", "step", step);
  return { name: "window", connect: (next) => new Windowing(size, step, next) };
}

class Windowing<T> extends Relay<T, T[]> {
  readonly #size: number;
  readonly #step: number;
  #items: T[] = [];
  /** How many items to leave out before the next window. */
  #gap = 0;

  constructor(size: number, step: number, next: Receiver<T[]>) {
    super(next);
    this.#size = size;
    this.#step = step;
  }

  push(item: T): Waiting {
    if (this.#gap > 0) {
      this.#gap--;
      return undefined;
    }
    const items = this.#items;
    items.push(item);
    if (items.length < this.#size) return undefined;
    this.#items = items.slice(this.#step);
    this.#gap = Math.max(0, this.#step - this.#size);
    return this.next.push(items);
  }
}
