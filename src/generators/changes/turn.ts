import { setTimeout } from "node:timers/promises";
import { GeneratorError } from "../errors.js";

/** How long a run waits for another one at work in the same workspace. */
export interface Patience {
  readonly limitMs: number;
  /** Called once, when the waiting begins, with what is waited for. */
  onWait(reason: string): void;
}

const PAUSE_MS = 50;

/** Makes an attempt again until no other run is in its way; after the limit that is the error `BUSY`. */
export async function waitForTurn<T>(attempt: () => Promise<T>, { limitMs, onWait }: Patience): Promise<T> {
  let deadline: number | undefined;
  for (;;) {
    try {
      return await attempt();
    } catch (error) {
      if (!isBusy(error)) throw error;
      if (deadline === undefined) onWait(error.message);
      deadline ??= Date.now() + limitMs;
      if (Date.now() >= deadline) throw error;
    }
    await setTimeout(PAUSE_MS);
  }
}

function isBusy(error: unknown): error is GeneratorError {
  return error instanceof GeneratorError && error.code === "BUSY";
}
