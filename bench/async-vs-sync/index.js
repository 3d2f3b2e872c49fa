import assert from "node:assert/strict";
import { readOptions } from "../options.js";
import { formatFigure, formatNumber, printReport } from "../report.js";
import { measureInRounds } from "../rounds.js";
import { medianRatio, summarize } from "../series.js";
import { Bystander } from "./bystander.js";
import { cases } from "./cases.js";

/** @typedef {{ wallMs: number, waitMs: number }} Measurement how long the work took, and somebody else had to wait at worst */

const options = readOptions();
const rounds = options.rounds(5);
/** @type {{ name: string, blocking: Measurement[], waiting: Measurement[] }[]} */
const measured = [];
for (const subject of cases.filter(options.hasCase)) {
  const expected = await subject.wait();
  const ways = [
    { name: "blocking", run: async () => subject.block() },
    { name: "async", run: () => subject.wait() },
  ];
  const series = await measureInRounds(ways, rounds, ({ run }) => measure(run, expected));
  const [blocking = [], waiting = []] = series.map((way) => way.measured);
  measured.push({ name: subject.name, blocking, waiting });
}

printReport(
  {
    bench: "async-vs-sync",
    tables: [
      tabulate("How long the work takes", ({ wallMs }) => wallMs),
      tabulate("How long everybody else in the process waits meanwhile, at worst", ({ waitMs }) => waitMs),
    ],
    figures: measured,
    targets: [],
  },
  options,
);

/**
 * @param {() => Promise<string>} run
 * @param {string} expected
 * @returns {Promise<Measurement>}
 */
async function measure(run, expected) {
  const bystander = new Bystander();
  const begunMs = performance.now();
  const outcome = await run();
  const wallMs = performance.now() - begunMs;
  await bystander.leave();
  assert.equal(outcome, expected, "both ways must come to the same");
  return { wallMs, waitMs: bystander.longestWaitMs };
}

/**
 * @param {string} title
 * @param {(measurement: Measurement) => number} pick
 */
function tabulate(title, pick) {
  const rows = measured.map(({ name, blocking, waiting }) => {
    const [blockingMs, waitingMs] = [blocking.map(pick), waiting.map(pick)];
    return [
      name,
      formatFigure(summarize(blockingMs)),
      formatFigure(summarize(waitingMs)),
      formatNumber(medianRatio(blockingMs, waitingMs)),
    ];
  });
  return { title, columns: ["work", "blocking, ms", "async, ms", "blocking × async"], rows };
}
