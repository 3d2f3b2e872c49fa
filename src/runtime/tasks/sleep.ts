import { type Clock, currentClock } from "./clock.js";
import { requireDuration } from "./errors.js";
import { onAbort } from "./on-abort.js";

/** What `sleep`, and every function that sleeps, takes. */
export interface SleepOptions {
  /** Ends the waiting: the function rejects at once with the signal's reason. */
  readonly signal?: AbortSignal | undefined;
  /** Where time comes from; by default the clock of the application, or else that of the machine. */
  readonly clock?: Clock | undefined;
}

/**
 * Waits for `durationMs` milliseconds. Rejects at once with the signal's reason when it aborts, and leaves no timer.
 *
 * @throws TaskError `INVALID_OPTION` for a duration that is negative, no number, or above 2^31 − 1.
 *
 * @example
 * ```ts
 * import { sleep } from "@phasewise/runtime";
 *
 * export async function pollUntil(isDone: () => Promise<boolean>, signal: AbortSignal): Promise<void> {
 *   while (!(await isDone())) await sleep(250, { signal });
 * }
 * ```
 */
export function sleep(durationMs: number, { signal, clock = currentClock() }: SleepOptions = {}): Promise<void> {
  return new Promise((resolve, reject) => {
    requireDuration("sleep", "durationMs", durationMs);
    const cancel = clock.schedule(() => {
      stopListening();
      resolve();
    }, durationMs);
    const stopListening = onAbort(signal, (reason) => {
      cancel();
      reject(reason);
    });
  });
}
