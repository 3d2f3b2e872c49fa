import { mkdtemp, realpath, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runFresh } from "../fresh-process.js";
import { writeWorkspace } from "../lint/workspace.js";
import { readOptions } from "../options.js";
import { formatNumber, printReport } from "../report.js";
import { findOwn, summarize } from "../series.js";
import { cases } from "./cases.js";

const options = readOptions();
const chosen = cases.filter((subject) => subject.kind === "own" || options.hasCase(subject));
const folder = await mkdtemp(join(await realpath(tmpdir()), "phasewise-bench-"));
const program = new URL("./relint.js", import.meta.url);

/** What is edited calls a helper in another file, which blocks. */
const helper = `import { existsSync } from "node:fs";

export function peek(path: string): boolean {
  return existsSync(path);
}

export async function look(path: string): Promise<string> {
  return path;
}
`;
const edited = `import { look, peek } from "./helper.js";

export async function find(): Promise<string> {
  return peek("a") ? look("a") : "";
}
`;

/**
 * What is edited, by the names of its kinds: it calls a helper in another file; it is a service, with a module of its own.
 *
 * @type {Record<string, string>}
 */
const edits = {
  "a file that calls another": "modules/edited.ts",
  "a service": "modules/closed/account/account-service.ts",
};

try {
  const { files, lines } = await writeWorkspace(folder, { modules: 1000 });
  await writeFile(join(folder, "modules/helper.ts"), helper);
  await writeFile(join(folder, "modules/edited.ts"), edited);
  const size = `1,000 modules, ${files} files, ${lines} lines`;
  const measured = [];
  for (const [kind, file] of Object.entries(edits)) measured.push({ kind, series: await measure(file) });
  report(size, measured);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/**
 * @param {string} file
 * @returns {Promise<import("../series.js").Series[]>}
 */
async function measure(file) {
  const series = [];
  for (const { name, kind } of chosen) {
    const { output } = await runFresh(program, [name, folder, file, String(options.rounds(30))]);
    series.push({ name, kind, values: /** @type {number[]} */ (JSON.parse(output)) });
  }
  return series;
}

/**
 * @param {string} size
 * @param {readonly { kind: string, series: import("../series.js").Series[] }[]} measured
 */
function report(size, measured) {
  const tables = measured.map(({ kind, series }) => toTable(`${kind}, edited and linted again among ${size}`, series));
  const figures = measured.flatMap(({ kind, series }) =>
    series.map((one) => ({ ...one, name: `${one.name}, ${kind}` })),
  );
  const targets = measured.flatMap(({ kind, series }) => {
    const value = summarize(findOwn(series).values).median;
    return cases.flatMap(({ name, limitMs: limit }) =>
      limit === undefined ? [] : [{ name: `${name}, ${kind}`, value, limit, unit: "ms" }],
    );
  });
  printReport({ bench: "relint", tables, figures, targets }, options);
}

/** @param {string} title @param {import("../series.js").Series[]} series */
function toTable(title, series) {
  const own = summarize(findOwn(series).values).median;
  const rows = series.map(({ name, values }) => {
    const { median } = summarize(values);
    const slow = values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? NaN;
    return [name, formatNumber(median), formatNumber(slow), formatNumber(median / own)];
  });
  return { title, columns: ["case", "ms", "95th percentile", "× ours"], rows };
}
