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

/** @type {import("../series.js").Series[]} */
const series = [];
try {
  const { files, lines } = await writeWorkspace(folder, { modules: 1000 });
  await writeFile(join(folder, "modules/helper.ts"), helper);
  await writeFile(join(folder, "modules/edited.ts"), edited);
  for (const { name, kind } of chosen) {
    const args = [name, folder, "modules/edited.ts", String(options.rounds(30))];
    series.push({ name, kind, values: /** @type {number[]} */ (JSON.parse((await runFresh(program, args)).output)) });
  }
  report(files, lines);
} finally {
  await rm(folder, { recursive: true, force: true });
}

/** @param {number} files @param {number} lines */
function report(files, lines) {
  const own = summarize(findOwn(series).values).median;
  const rows = series.map(({ name, values }) => {
    const { median } = summarize(values);
    const slow = values.toSorted((a, b) => a - b)[Math.floor(values.length * 0.95)] ?? NaN;
    return [name, formatNumber(median), formatNumber(slow), formatNumber(median / own)];
  });
  const title = `An edit in a workspace of 1,000 modules, ${files} files, ${lines} lines: the file linted again`;
  const targets = cases.flatMap(({ name, limitMs }) =>
    limitMs === undefined ? [] : [{ name, value: own, limit: limitMs, unit: "ms" }],
  );
  const table = { title, columns: ["case", "ms", "95th percentile", "× ours"], rows };
  printReport({ bench: "relint", tables: [table], figures: series, targets }, options);
}
