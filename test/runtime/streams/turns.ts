import { setImmediate as nextTurn } from "node:timers/promises";

/** Lets everything go on that needs no time. */
export async function turns(count = 3): Promise<void> {
  for (let turn = 0; turn < count; turn++) await nextTurn();
}

/** What the promise rejects with. */
export async function reasonOf(promise: Promise<unknown>): Promise<unknown> {
  return promise.then(
    (value) => {
      throw new Error(`It gave ${String(value)} instead of rejecting.`);
    },
    (error: unknown) => error,
  );
}
