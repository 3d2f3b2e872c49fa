/** Taken before a test framework can replace it. */
const nextTurn = setImmediate;

/** Code that polls with `setImmediate` would otherwise keep a test for ever. */
const maxTurns = 100;

/**
 * Lets everything go on that needs no time: all promise callbacks, and all immediates with those that they schedule.
 * It takes one turn of the event loop more than they do.
 */
export async function settle(): Promise<void> {
  for (let turn = 0; turn < maxTurns; turn++) {
    // eslint-disable-next-line phasewise/prefer-async-await -- a test framework can replace that of Node's promises, too
    await new Promise((resolve) => nextTurn(resolve));
    if (!process.getActiveResourcesInfo().includes("Immediate")) return;
  }
}
