/** The name, in the global registry of symbols, of the function that the watchdog calls in the thread that it watches. */
export const reporterName = "phasewise.report-busy-stretch";

/**
 * What the watchdog's thread runs. It is text because a bundle, a test runner's transformation and plain sources need
 * the same worker. `beats` is a counter that the event loop of the main thread raises; while it stands still the loop is
 * held. Then the main thread is paused where it is, and reports by itself what holds it; and again later while that could
 * not be told. Time during which this thread did not run either does not count: the machine was busy then, not the loop.
 */
export const busyWatchProgram = `
const { workerData: { beats, limitMs, pollMs } } = require("node:worker_threads");
const { Session } = require("node:inspector");

const session = new Session();
let beat = -1;
let heldMs = 0;
let isReported = false;
let polledMs = performance.now();

session.connectToMainThread();
session.on("Debugger.paused", ({ params: { callFrames: [{ callFrameId }] } }) => {
  const expression = \`globalThis[Symbol.for("${reporterName}")]?.(\${beat})\`;
  session.post("Debugger.evaluateOnCallFrame", { callFrameId, expression, silent: true, returnByValue: true }, (_error, answer) => {
    isReported = answer?.result.value === true;
    session.post("Debugger.resume");
  });
});
session.post("Debugger.enable");

setInterval(() => {
  const nowMs = performance.now();
  const passedMs = Math.min(nowMs - polledMs, 2 * pollMs);
  polledMs = nowMs;
  const isHeld = Atomics.load(beats, 0) === beat;
  heldMs = isHeld ? heldMs + passedMs : 0;
  if (!isHeld) {
    beat = Atomics.load(beats, 0);
    isReported = false;
  } else if (!isReported && heldMs > limitMs) {
    heldMs = 0;
    session.post("Debugger.pause");
  }
}, pollMs);
`;
