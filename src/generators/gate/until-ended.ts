/**
 * Runs something that is told when the program is to end: it then stops, gives up what it holds, and the program ends as
 * it was told. A second signal ends it at once.
 */
export async function untilEnded<Value>(run: (ended: AbortSignal) => Promise<Value>): Promise<Value> {
  const ended = new AbortController();
  let told: NodeJS.Signals | undefined;
  const end = (signal: NodeJS.Signals) => {
    if (told !== undefined) endAs(told);
    told = signal;
    ended.abort();
  };
  const endAs = (signal: NodeJS.Signals) => {
    for (const one of signals) process.off(one, end);
    process.kill(process.pid, signal);
  };
  // eslint-disable-next-line phasewise/no-process-signal-handler -- the gate is a program of its own and has no modules
  for (const one of signals) process.on(one, end);
  try {
    return await run(ended.signal);
  } finally {
    for (const one of signals) process.off(one, end);
    if (told !== undefined) endAs(told);
  }
}

const signals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
