import { url as debuggerUrl } from "node:inspector";
import { isMainThread, Worker } from "node:worker_threads";
import { busyWatchProgram, reporterName } from "./busy-watch-program.js";

/** Taken before a test framework can replace them. */
const { setInterval, clearInterval } = globalThis;

/** Gives whether it could be told what holds the event loop. */
type Reporter = (beat: number) => boolean;

/**
 * Called during a busy stretch, with the function above which the stack of the culprit begins; or later, with nothing. Gives
 * whether there is a culprit.
 */
type OnBusy = (reporter?: Reporter) => boolean;

/**
 * Watches for synchronous work that holds the event loop for longer than `limitMs`. A thread beside it pauses it there
 * for a moment, so that `onBusy` is called with the culprit on the stack. That reaches the main thread only; elsewhere,
 * `onBusy` is called late. Under a debugger nothing is watched. Gives the function that ends it.
 */
export function watchBusyStretches(limitMs: number, onBusy: OnBusy): () => void {
  if (limitMs === Infinity || debuggerUrl() !== undefined) return () => {};
  return isMainThread ? watchFromBeside(limitMs, onBusy) : watchFromWithin(limitMs, onBusy);
}

function watchFromBeside(limitMs: number, onBusy: OnBusy): () => void {
  const beats = new Int32Array(new SharedArrayBuffer(Int32Array.BYTES_PER_ELEMENT));
  const pollMs = Math.max(1, Math.min(limitMs / 4, 20));
  const heart = setInterval(() => void Atomics.add(beats, 0, 1), pollMs).unref();
  const report: Reporter = (beat) => beat === beats[0] && onBusy(report);
  const release = addReporter(report);
  const worker = new Worker(busyWatchProgram, {
    eval: true,
    env: {},
    execArgv: [],
    workerData: { beats, limitMs: limitMs + pollMs, pollMs },
  });
  worker.unref();
  return () => {
    clearInterval(heart);
    release();
    void worker.terminate();
  };
}

function watchFromWithin(limitMs: number, onBusy: OnBusy): () => void {
  const pollMs = Math.max(1, Math.min(limitMs / 4, 20));
  let beatMs = performance.now();
  const heart = setInterval(() => {
    const passedMs = performance.now() - beatMs;
    beatMs += passedMs;
    if (passedMs > limitMs + 2 * pollMs) onBusy();
  }, pollMs).unref();
  return () => {
    if (performance.now() - beatMs > limitMs + 2 * pollMs) onBusy();
    clearInterval(heart);
  };
}

/** The watchdog can reach the thread it watches only by a global name. Guards that overlap share it. */
function addReporter(report: Reporter): () => void {
  const scope = globalThis as { [reporter: symbol]: Reporter | undefined };
  const reporter = Symbol.for(reporterName);
  const previous = scope[reporter];
  scope[reporter] = report;
  return () => {
    if (scope[reporter] === report) scope[reporter] = previous;
  };
}
