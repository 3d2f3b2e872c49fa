import type { Clock } from "../tasks/clock.js";

/** A hook that runs and may take too long. */
export interface WatchedHook {
  /** When to look at it next, by the clock. */
  dueMs: number;
  /** Called when that has come. It sets the next `dueMs`, or stops being watched. */
  onDue(nowMs: number): void;
}

/** Watches all hooks that run with a single timer, because most of them end long before they are due. */
export class HookWatch {
  readonly #clock: Clock;
  readonly #hooks = new Set<WatchedHook>();
  #timer: { readonly atMs: number; readonly cancel: () => void } | undefined;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  add(hook: WatchedHook): void {
    this.#hooks.add(hook);
    if (!this.#timer || hook.dueMs < this.#timer.atMs) this.#wakeAt(hook.dueMs);
  }

  delete(hook: WatchedHook): void {
    this.#hooks.delete(hook);
  }

  /** Gives the timer up when nothing is left to watch: at the end of a boot or a stop, and not whenever no hook happens to run. */
  rest(): void {
    if (this.#hooks.size === 0) this.#sleep();
  }

  #wakeAt(atMs: number): void {
    this.#sleep();
    const cancel = this.#clock.schedule(() => this.#look(), Math.max(0, Math.ceil(atMs - this.#clock.now())));
    this.#timer = { atMs, cancel };
  }

  #sleep(): void {
    this.#timer?.cancel();
    this.#timer = undefined;
  }

  #look(): void {
    this.#timer = undefined;
    const nowMs = this.#clock.now();
    for (const hook of this.#hooks) if (hook.dueMs <= nowMs) hook.onDue(nowMs);
    let nextMs = Infinity;
    for (const { dueMs } of this.#hooks) nextMs = Math.min(nextMs, dueMs);
    if (nextMs < Infinity) this.#wakeAt(nextMs);
  }
}
