/* Generators as whole processes: the three files of a module, made without a question, in a small and in a large workspace. */
import { execFile } from "node:child_process";
import { readFile, rm } from "node:fs/promises";
import { join } from "node:path";
import { promisify } from "node:util";
import { readOptions } from "../options.js";
import { printReport } from "../report.js";
import { measureInRounds } from "../rounds.js";
import { findOwn, medianRatio, toCells } from "../series.js";
import { cases } from "./cases.js";
import { makeWorkspace, requireModule } from "./workspace.js";

const sayUsage = new URL("say-usage.js", import.meta.url).href;
/** No process stays behind that is not measured, and nothing is sent. */
const quiet = { NX_DAEMON: "false", NX_ISOLATE_PLUGINS: "false", NX_NO_CLOUD: "true", CI: "true" };
const options = readOptions();
const sizes = [10, 1000].filter(options.hasSize);
const chosen = cases.filter((subject) => subject.kind !== "peer" || options.hasCase(subject));

const subjects = [];
for (const size of sizes) {
  for (const subject of chosen) subjects.push({ subject, size, root: await makeWorkspace(size, subject.files) });
}
let made = 0;
const all = await measureInRounds(subjects, options.rounds(15), async ({ subject, root }) => {
  const id = `made-${++made}`;
  const usage = join(root, "usage.txt");
  await rm(usage, { force: true });
  const env = { ...process.env, ...quiet, NODE_OPTIONS: `--import=${sayUsage}`, PHASEWISE_USAGE: usage };
  const begun = performance.now();
  await promisify(execFile)(process.execPath, [...subject.command(id, root)], { cwd: root, env });
  const wallMs = performance.now() - begun;
  if (subject.kind !== "bound") await requireModule(root, id);
  return { wallMs, cpuMs: sum(await readFile(usage, "utf8")) / 1000 };
});
for (const { root } of subjects) await rm(root, { recursive: true, force: true });

const seriesOf = (/** @type {number} */ size, /** @type {"wallMs" | "cpuMs"} */ figure) =>
  all
    .filter(({ subject }) => subject.size === size)
    .map(({ subject: { subject }, measured }) => ({
      name: subject.name,
      kind: subject.kind,
      values: measured.map((measurement) => measurement[figure]),
    }));
const figures = sizes.map((size) => ({ size, cpu: seriesOf(size, "cpuMs"), wall: seriesOf(size, "wallMs") }));

printReport(
  {
    bench: "generate",
    tables: figures.map(({ size, cpu, wall }) => ({
      title: `A module in a workspace of ${size}: a whole process`,
      columns: ["case", "CPU, ms", "× ours", "wall, ms", "× ours"],
      rows: cpu.map(({ name }) => [name, ...toCells(name, cpu), ...toCells(name, wall)]),
    })),
    figures,
    targets: [...figures.flatMap(compare), ...compareSizes()],
  },
  options,
);

/** @param {string} lines */
function sum(lines) {
  return lines.split("\n").reduce((total, line) => total + Number(line), 0);
}

/** @param {typeof figures[number]} figure */
function compare({ size, cpu }) {
  const own = findOwn(cpu).values;
  const limits = { hygen: 1, plop: 0.5 };
  return Object.entries(limits).flatMap(([name, limit]) => {
    const peer = cpu.find((series) => series.name === name);
    if (peer === undefined) return [];
    return [{ name: `CPU among ${size}, against ${name}`, value: medianRatio(own, peer.values), limit, unit: "×" }];
  });
}

/** A tenth more is what two runs of the same may differ by. */
function compareSizes() {
  const [small, large] = figures;
  if (small === undefined || large === undefined) return [];
  const value = medianRatio(findOwn(large.cpu).values, findOwn(small.cpu).values);
  return [{ name: `CPU among ${large.size}, against ${small.size}`, value, limit: 1.1, unit: "×" }];
}
