import { collectGarbage } from "../collect-garbage.js";
import { runFresh } from "../fresh-process.js";
import { readOptions } from "../options.js";
import { formatFigure, formatNumber, printReport } from "../report.js";
import { measureInRounds } from "../rounds.js";
import { compareWithPeers, findOwn, medianRatio, summarize, toCells } from "../series.js";
import { nominalPathMs } from "./boot-module.js";
import { bareCalls, cases } from "./cases.js";
import { graphs } from "./graph.js";
import { measureBoot } from "./measure-boot.js";

/** @typedef {import("./graph.js").Graph} Graph */
/** @typedef {import("../series.js").Series} Series */

const options = readOptions();
const rounds = options.rounds(5);
const freshRounds = Math.ceil(rounds / 2);
const subjects = cases.filter((subject) => subject.kind === "own" || options.hasCase(subject));
const own = findOwn(subjects.map((subject) => ({ ...subject, values: [] }))).name;

const chosen = graphs.filter(options.hasGraph);
const idle = chosen.filter(({ delay }) => delay === "0 ms");
const warm = await inTurn(chosen, measureWarm);
const cold = await inTurn(chosen, measureCold);
const heap = await inTurn(idle, measureHeap);

printReport(
  {
    bench: "boot",
    tables: [...warm.map(tabulateWarm), ...cold.map(tabulateCold), ...heap.map(tabulateHeap)],
    figures: { warm, cold, heap },
    targets: [
      ...warm.filter(({ graph }) => graph.size === 1000).flatMap(findTimeTargets),
      ...heap.filter(({ graph }) => graph.size === 1000).map(findHeapTarget),
      ...warm.flatMap(({ graph, boots }) => compareWithPeers(`${graph.name}, warm`, boots)),
      ...cold.flatMap(({ graph, boots }) => compareWithPeers(`${graph.name}, cold`, boots)),
      ...cold.flatMap(({ graph, imports }) => compareWithPeers(`${graph.name}, cold with import`, imports)),
      ...heap.flatMap(({ graph, megabytes }) => compareWithPeers(`${graph.name}, heap`, megabytes)),
    ],
  },
  options,
);

/**
 * @template Measured
 * @param {readonly Graph[]} all
 * @param {(graph: Graph) => Promise<Measured>} measure
 */
async function inTurn(all, measure) {
  /** @type {Measured[]} */
  const measured = [];
  for (const graph of all) measured.push(await measure(graph));
  return measured;
}

/**
 * All cases in this process. The critical path of a round is the shortest that any of them had in it. Where hooks wait for
 * nothing, the compiler of the engine is all that a few boots would measure.
 *
 * @param {Graph} graph
 */
async function measureWarm(graph) {
  const isIdle = graph.delay === "0 ms";
  const measure = (/** @type {import("./cases.js").Case} */ subject) => {
    collectGarbage();
    return measureBoot(subject, graph, { verify: subject !== bareCalls });
  };
  const all = await measureInRounds([...subjects, bareCalls], isIdle ? 3 * rounds : rounds, measure, isIdle ? 30 : 1);
  const boots = all.map(({ subject: { name, kind }, measured }) => {
    return { name, kind, values: measured.map((boot) => boot.bootMs), paths: measured.map((boot) => boot.pathMs) };
  });
  const ordered = boots.filter(({ name }) => name !== bareCalls.name);
  const pathMs = findOwn(boots).values.map((_, round) => {
    return Math.min(...ordered.map(({ paths }) => paths[round] ?? Infinity));
  });
  return { graph, boots, pathMs, nominalMs: nominalPathMs(graph.createModules()) };
}

/** Each case in processes of its own, which boot once. @param {Graph} graph */
async function measureCold(graph) {
  const program = new URL("./boot-once.js", import.meta.url);
  const all = await measureInRounds(subjects, freshRounds, async ({ name }) => {
    const { output } = await runFresh(program, [name, graph.name]);
    return /** @type {{ importMs: number, bootMs: number }} */ (JSON.parse(output));
  });
  const boots = all.map(({ subject: { name, kind }, measured }) => {
    return { name, kind, values: measured.map(({ bootMs }) => bootMs) };
  });
  const imports = all.map(({ subject: { name, kind }, measured }) => {
    return { name, kind, values: measured.map(({ importMs, bootMs }) => importMs + bootMs) };
  });
  return { graph, boots, imports };
}

/** @param {Graph} graph */
async function measureHeap(graph) {
  const program = new URL("./retained-heap.js", import.meta.url);
  const all = await measureInRounds(subjects, freshRounds, async ({ name }) => {
    const { output } = await runFresh(program, [name, graph.name]);
    return /** @type {{ bytes: number }} */ (JSON.parse(output)).bytes / 1e6;
  });
  const megabytes = all.map(({ subject: { name, kind }, measured }) => ({ name, kind, values: measured }));
  return { graph, megabytes };
}

/** @param {Awaited<ReturnType<typeof measureWarm>>} measured */
function tabulateWarm({ graph, boots, pathMs, nominalMs }) {
  const title = `Boot of ${graph.name}, warm`;
  const columns = ["case", "ms", `× ${own}`];
  if (nominalMs === 0) return { title, columns, rows: boots.map(({ name }) => [name, ...toCells(name, boots)]) };

  const rows = boots.map(({ name, values, paths }) => {
    const ratios = name === bareCalls.name ? [] : [pathMs, paths].map((path) => medianRatio(values, path));
    return [name, ...toCells(name, boots), ...ratios.map(formatNumber)];
  });
  const path = `critical path ${formatFigure(summarize(pathMs))} ms, ${nominalMs} ms as asked for`;
  return { title: `${title}: ${path}`, columns: [...columns, "× critical path", "× own path"], rows };
}

/** @param {Awaited<ReturnType<typeof measureCold>>} measured */
function tabulateCold({ graph, boots, imports }) {
  const rows = boots.map(({ name }) => [name, ...toCells(name, boots), ...toCells(name, imports)]);
  const columns = ["case", "ms", `× ${own}`, "with import, ms", `× ${own}`];
  return { title: `Boot of ${graph.name}, cold: the first in a fresh process`, columns, rows };
}

/** @param {Awaited<ReturnType<typeof measureHeap>>} measured */
function tabulateHeap({ graph, megabytes }) {
  const rows = megabytes.map(({ name }) => [name, ...toCells(name, megabytes)]);
  return {
    title: `Heap that an application of ${graph.size} modules retains`,
    columns: ["case", "MB", `× ${own}`],
    rows,
  };
}

/** @param {Awaited<ReturnType<typeof measureWarm>>} measured */
function findTimeTargets({ graph, boots, pathMs }) {
  const { values } = findOwn(boots);
  if (graph.delay === "1-24 ms") {
    const name = "boot of 1,000 modules with mixed hooks";
    return [{ name, value: medianRatio(values, pathMs), limit: 1.05, unit: "× critical path" }];
  }
  const bare = boots.find(({ name }) => name === bareCalls.name)?.values ?? [];
  if (graph.delay !== "0 ms") return [];
  const scheduling = values.map((bootMs, round) => bootMs - (bare[round] ?? NaN));
  return [{ name: "scheduling of 1,000 modules", value: summarize(scheduling).median, limit: 5, unit: "ms" }];
}

/** @param {Awaited<ReturnType<typeof measureHeap>>} measured */
function findHeapTarget({ megabytes }) {
  const value = summarize(findOwn(megabytes).values).median;
  return { name: "heap of 1,000 modules", value, limit: 1, unit: "MB" };
}
