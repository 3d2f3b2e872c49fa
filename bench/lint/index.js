import { mkdtemp, realpath, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { readOptions } from "../options.js";
import { formatNumber, printReport } from "../report.js";
import { findOwn, medianRatio, summarize, toCells } from "../series.js";
import { cases } from "./cases.js";
import { measureWorkspace } from "./measure-workspace.js";

const options = readOptions();
const sizes = [250, 1000, 4000].filter(options.hasSize);
const chosen = cases.filter((subject) => subject.kind === "own" || options.hasCase(subject));
const measures = /** @type {const} */ (["wallSeconds", "cpuSeconds", "peakMb"]);

/** @type {import("./measure-workspace.js").MeasuredWorkspace[]} */
const workspaces = [];
const folder = await mkdtemp(join(await realpath(tmpdir()), "phasewise-bench-"));
try {
  for (const modules of sizes) {
    const rounds = modules > 1000 ? Math.ceil(options.rounds(3) / 3) : options.rounds(3);
    workspaces.push(await measureWorkspace(chosen, { folder, modules, rounds }));
  }
} finally {
  await rm(folder, { recursive: true, force: true });
}
const steps = workspaces.slice(1).map((to, index) => ({ from: workspaces[index] ?? to, to }));

const growth = {
  title: "Growth: 1 is as many times as there are lines",
  columns: ["case", ...steps.flatMap((step) => [`s, ${nameStep(step)}`, `MB, ${nameStep(step)}`])],
  rows: chosen.map(({ name }) => {
    const figures = steps.flatMap((step) => [getGrowth(step, "wallSeconds", name), getGrowth(step, "peakMb", name)]);
    return [name, ...figures.map(formatNumber)];
  }),
};

printReport(
  {
    bench: "lint",
    tables: [
      ...workspaces.map(({ modules, files, lines, series }) => ({
        title: `${modules} modules, ${files} files, ${lines} lines: whole processes`,
        columns: ["case", "s", "× ours", "s of CPU", "× ours", "peak MB", "× ours"],
        rows: chosen.map(({ name }) => [name, ...measures.flatMap((measure) => toCells(name, series[measure]))]),
      })),
      ...(steps.length === 0 ? [] : [growth]),
    ],
    figures: workspaces,
    targets: [...workspaces.flatMap(compareWithPeers), ...steps.flatMap(compareWithSize)],
  },
  options,
);

/** @typedef {(typeof steps)[number]} Step from one size to the next */

/**
 * @param {import("./measure-workspace.js").MeasuredWorkspace} workspace
 * @returns {import("../report.js").Target[]}
 */
function compareWithPeers({ modules, series: { wallSeconds: all } }) {
  return cases.flatMap(({ name, limit }) => {
    const peer = all.find((series) => series.name === name);
    if (!peer || limit === undefined) return [];
    const value = medianRatio(findOwn(all).values, peer.values);
    return [{ name: `${modules} modules, against ${name}`, value, limit, unit: "×" }];
  });
}

/** @param {Step} step @returns {import("../report.js").Target[]} */
function compareWithSize(step) {
  const { name } = findOwn(step.to.series.wallSeconds);
  return [
    { name: `time, ${nameStep(step)}`, value: getGrowth(step, "wallSeconds", name), limit: 1, unit: "× the lines" },
    { name: `memory, ${nameStep(step)}`, value: getGrowth(step, "peakMb", name), limit: 1, unit: "× the lines" },
  ];
}

/**
 * @param {Step} step
 * @param {import("./measure-workspace.js").Measure} measure
 * @param {string} name
 */
function getGrowth({ from, to }, measure, name) {
  const [before, after] = [from, to].map(
    ({ series }) => summarize(series[measure].find((one) => one.name === name)?.values ?? []).median,
  );
  return (after ?? NaN) / (before ?? NaN) / (to.lines / from.lines);
}

/** @param {Step} step */
function nameStep({ from, to }) {
  return `${from.modules} → ${to.modules}`;
}
