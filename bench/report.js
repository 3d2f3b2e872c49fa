import { cpus } from "node:os";

/**
 * @typedef {object} Target
 * @property {string} name
 * @property {number} value
 * @property {number} limit what the value must not go above
 * @property {string} unit
 */

/**
 * @typedef {object} Table
 * @property {string} title
 * @property {readonly string[]} columns
 * @property {readonly (readonly string[])[]} rows
 */

/**
 * @typedef {object} Report
 * @property {string} bench
 * @property {readonly Table[]} tables
 * @property {unknown} figures every figure that was measured, for `--json`
 * @property {readonly Target[]} targets
 */

/**
 * Prints a report; with `--check` the exit code is 1 when a target is missed.
 *
 * @param {Report} report
 * @param {{ json: boolean, check: boolean }} options
 */
export function printReport({ bench, tables, figures, targets }, { json, check }) {
  const machine = { node: process.version, cpu: cpus()[0]?.model ?? "unknown", cores: cpus().length };
  const judged = targets.map((target) => ({ ...target, met: target.value <= target.limit }));
  if (json) console.log(JSON.stringify({ bench, machine, figures, targets: judged }));
  else {
    console.log(`# ${bench}: Node ${machine.node} on ${machine.cores} × ${machine.cpu}`);
    for (const table of tables) printTable(table);
    for (const { name, value, limit, unit, met } of judged) {
      console.log(
        `${met ? "met   " : "MISSED"} ${name}: ${formatNumber(value)} ${unit}, at most ${Number(formatNumber(limit))} ${unit}`,
      );
    }
    console.log();
  }
  if (check && judged.some(({ met }) => !met)) process.exitCode = 1;
}

/** @param {Table} table */
function printTable({ title, columns, rows }) {
  const widths = columns.map((column, index) => Math.max(column.length, ...rows.map((row) => row[index]?.length ?? 0)));
  const line = (/** @type {readonly string[]} */ cells) =>
    cells
      .map((cell, index) => (index === 0 ? cell.padEnd(widths[index] ?? 0) : cell.padStart(widths[index] ?? 0)))
      .join("  ");
  console.log(`\n${title}\n${[columns, ...rows].map(line).join("\n")}\n`);
}

/** Three significant digits, and no exponent. @param {number} value */
export function formatNumber(value) {
  const digits = Math.min(3, Math.max(0, 2 - Math.floor(Math.log10(Math.abs(value) || 1))));
  return value.toFixed(digits);
}

/** The median, and the quartiles around it if there are any. @param {import("./series.js").Figure} figure */
export function formatFigure({ median, low, high }) {
  if (low === high) return formatNumber(median);
  return `${formatNumber(median)} (${formatNumber(low)}-${formatNumber(high)})`;
}
