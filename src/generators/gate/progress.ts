import { setInterval } from "node:timers/promises";
import { count } from "./formats/summary.js";
import type { NotesFile } from "./notes.js";

/** One line that tells how far a run is; it is cleared at the end of its scope. */
export interface Progress extends AsyncDisposable {
  /** Counts what the process that writes these notes has done. */
  follow(notes: NotesFile): void;
}

interface Screen {
  readonly isTTY?: boolean;
  write(text: string): unknown;
}

const CLEAR = "\r\u001B[K";
const INTERVAL_MS = 100;

/** Shows progress where a person sees it: on a terminal that can clear a line, and not under CI. */
export function showProgress(screen: Screen, env: NodeJS.ProcessEnv): Progress {
  const isShown = screen.isTTY === true && env["TERM"] !== "dumb" && !env["CI"];
  return isShown ? draw(screen) : { follow: () => undefined, [Symbol.asyncDispose]: async () => undefined };
}

function draw(screen: Screen): Progress {
  const begin = performance.now();
  const followed: NotesFile[] = [];
  const ending = new AbortController();
  const drawing = redraw();
  return {
    follow: (notes) => void followed.push(notes),
    async [Symbol.asyncDispose]() {
      ending.abort();
      await drawing;
      screen.write(CLEAR);
    },
  };

  async function redraw(): Promise<void> {
    try {
      for await (const _ of setInterval(INTERVAL_MS, undefined, { signal: ending.signal })) {
        const counts = await Promise.all(followed.map((notes) => notes.countFiles()));
        const files = counts.reduce((sum, count) => sum + count, 0);
        screen.write(`${CLEAR}${describe(files, performance.now() - begin)}`);
      }
    } catch (error) {
      if (!ending.signal.aborted) throw error;
    }
  }
}

function describe(files: number, milliseconds: number): string {
  const seconds = `${(milliseconds / 1000).toFixed(1)} s`;
  return files === 0 ? `Checking … ${seconds}` : `Checking … ${count(files, "file")}, ${seconds}`;
}
