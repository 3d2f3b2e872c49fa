import assert from "node:assert/strict";
import { join } from "node:path";
import { measureInRounds } from "../rounds.js";
import { runMeasured } from "./process-tree.js";
import { writeWorkspace } from "./workspace.js";

/** @typedef {"wallSeconds" | "cpuSeconds" | "peakMb"} Measure */

/**
 * @typedef {object} MeasuredWorkspace
 * @property {number} modules
 * @property {number} files
 * @property {number} lines
 * @property {Record<Measure, import("../series.js").Series[]>} series
 */

/** Few: each one more is only more to print, for those who find all of them. */
const violations = { seed: 3, rate: 0.02 };

/**
 * Lints a workspace in each of the ways, in turns.
 *
 * @param {readonly import("./cases.js").Case[]} cases
 * @param {{ folder: string, modules: number, rounds: number }} options
 * @returns {Promise<MeasuredWorkspace>}
 */
export async function measureWorkspace(cases, { folder, modules, rounds }) {
  const workspace = await writeWorkspace(join(folder, `of-${modules}`), { modules, violations });
  const all = await measureInRounds(cases, rounds, (subject) => lint(subject, workspace), 0);
  const toSeries = (/** @type {Measure} */ measure) =>
    all.map(({ subject: { name, kind }, measured }) => {
      return { name, kind, values: measured.map((usage) => usage[measure]) };
    });
  const series = {
    wallSeconds: toSeries("wallSeconds"),
    cpuSeconds: toSeries("cpuSeconds"),
    peakMb: toSeries("peakMb"),
  };
  return { modules, files: workspace.files, lines: workspace.lines, series };
}

/**
 * @param {import("./cases.js").Case} subject
 * @param {import("./workspace.js").WrittenWorkspace} workspace
 */
async function lint({ name, command, env, readFloating }, { folder, violations }) {
  const { output, ...usage } = await runMeasured(command, { cwd: folder, env });
  const floating = violations.filter(({ rule }) => rule === "no-floating-promises");
  const expected = floating.map(({ file, line }) => `${file}:${line}`).sort();
  assert.deepEqual(readFloating(output).sort(), expected, `${name} finds each floating promise`);
  return usage;
}
