import { runFresh } from "../fresh-process.js";
import { readOptions } from "../options.js";
import { printReport } from "../report.js";
import { measureInRounds } from "../rounds.js";
import { findOwn, summarize, toCells } from "../series.js";
import { measureEntries, measureProgram } from "./measure-size.js";
import { subjects } from "./subjects.js";

const options = readOptions();
const chosen = subjects.filter((subject) => subject.kind === "own" || options.hasCase(subject));
const bareNode = /** @type {const} */ ({ name: "bare Node", kind: "bound", entries: [] });

const program = new URL("./import-entries.js", import.meta.url);
const all = await measureInRounds([...chosen, bareNode], options.rounds(15), async ({ entries }) => {
  const { output, durationMs } = await runFresh(program, entries);
  return { processMs: durationMs, importMs: Number(output) };
});
const bareMs = all.find(({ subject }) => subject === bareNode)?.measured.map(({ processMs }) => processMs) ?? [];
const imported = all.filter(({ subject }) => subject !== bareNode);
const processes = imported.map(({ subject: { name, kind }, measured }) => {
  return { name, kind, values: measured.map(({ processMs }, round) => processMs - (bareMs[round] ?? NaN)) };
});
const imports = imported.map(({ subject: { name, kind }, measured }) => {
  return { name, kind, values: measured.map(({ importMs }) => importMs) };
});

const sizes = [];
for (const { name, kind, entries, used } of chosen) {
  sizes.push({ name, kind, all: await measureEntries(entries), used: await measureProgram(used) });
}
const weighed = [
  sizes.map(({ name, kind, all }) => ({ name, kind, values: [all.total] })),
  sizes.map(({ name, kind, all }) => ({ name, kind, values: [all.loaded] })),
  sizes.map(({ name, kind, used }) => ({ name, kind, values: [used.total] })),
];

printReport(
  {
    bench: "packages",
    tables: [
      {
        title: "Import in a fresh process: what the process takes beyond bare Node, and the import by its own clock",
        columns: ["case", "ms", "× ours", "own clock, ms", "× ours"],
        rows: chosen.map(({ name }) => [name, ...toCells(name, processes), ...toCells(name, imports)]),
      },
      {
        title: "Size, minified and compressed: all exports, what is loaded with them, what the boot benchmark uses",
        columns: ["case", "all, kB", "× ours", "loaded, kB", "× ours", "used, kB", "× ours"],
        rows: sizes.map(({ name }) => [name, ...weighed.flatMap((all) => toCells(name, all))]),
      },
    ],
    figures: { processes, imports, sizes },
    targets: [
      { name: "import", value: summarize(findOwn(processes).values).median, limit: 15, unit: "ms" },
      { name: "size", value: sizes.find(({ kind }) => kind === "own")?.all.total ?? NaN, limit: 15, unit: "kB" },
    ],
  },
  options,
);
