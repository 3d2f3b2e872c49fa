import { measureOperations } from "../micro.js";
import { readOptions } from "../options.js";
import { printReport } from "../report.js";
import { compareWithPeers, toCells } from "../series.js";
import { casesOf } from "./cases.js";

const options = readOptions();
const measured = [];
for (const handlers of [1, 10]) {
  const cases = (await casesOf(handlers)).filter((subject) => subject.kind === "own" || options.hasCase(subject));
  const sumOf = (/** @type {number} */ count) => count * handlers;
  measured.push({ handlers, series: await measureOperations(cases, { rounds: options.rounds(15), sumOf }) });
}

printReport(
  {
    bench: "events",
    tables: measured.map(({ handlers, series }) => ({
      title: `An event to ${handlers} async handler${handlers === 1 ? "" : "s"}`,
      columns: ["case", "ns", "× phasewise"],
      rows: series.map(({ name }) => [name, ...toCells(name, series)]),
    })),
    figures: measured,
    targets: measured.flatMap(({ handlers, series }) => compareWithPeers(`an event to ${handlers}`, series)),
  },
  options,
);
