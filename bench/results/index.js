import { measureOperations } from "../micro.js";
import { readOptions } from "../options.js";
import { printReport } from "../report.js";
import { compareWithPeers, toCells } from "../series.js";
import { casesOf } from "./cases.js";

const options = readOptions();
const measured = [];
for (const [outcome, id] of /** @type {const} */ ([
  ["succeeds", 1],
  ["fails", 0],
])) {
  const cases = casesOf(id).filter((subject) => subject.kind === "own" || options.hasCase(subject));
  const series = await measureOperations(cases, { rounds: options.rounds(15), sumOf: (count) => count });
  measured.push({ outcome, series });
}

printReport(
  {
    bench: "results",
    tables: measured.map(({ outcome, series }) => ({
      title: `An async call that ${outcome}`,
      columns: ["case", "ns", "× phasewise"],
      rows: series.map(({ name }) => [name, ...toCells(name, series)]),
    })),
    figures: measured,
    targets: measured.flatMap(({ outcome, series }) => compareWithPeers(`a call that ${outcome}`, series)),
  },
  options,
);
