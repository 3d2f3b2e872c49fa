import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";

/**
 * Makes a folder outside the workspace for as long as `use` takes, and removes it whatever becomes of that: also when the
 * program is told to end, which it then does. The signal that `use` gets says so, to end other programs with it.
 */
export async function withTemporaryFolder<Value>(
  use: (folder: string, ended: AbortSignal) => Promise<Value>,
): Promise<Value> {
  const folder = await mkdtemp(join(tmpdir(), "phasewise-"));
  const remove = () => rm(folder, { recursive: true, force: true });
  const ended = new AbortController();
  let ending: Promise<void> | undefined;
  const end = (signal: NodeJS.Signals) => {
    stopListening();
    ended.abort();
    const endAsTold = () => void process.kill(process.pid, signal);
    ending = remove().then(endAsTold, endAsTold);
  };
  const stopListening = () => signals.forEach((signal) => process.off(signal, end));
  for (const signal of signals) process.on(signal, end);
  try {
    return await use(folder, ended.signal);
  } finally {
    stopListening();
    await (ending ?? remove());
  }
}

const signals: readonly NodeJS.Signals[] = ["SIGINT", "SIGTERM", "SIGHUP"];
