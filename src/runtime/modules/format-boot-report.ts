import type { BootReport } from "./boot-report.js";
import type { Phase } from "./module-state.js";

type ReportedModule = BootReport["modules"][number];

/** Where lists are broken. */
const maxWidth = 100;

/**
 * The boot report as an aligned table without colours, for consoles that show 100 columns. A `*` marks the modules of the
 * critical path. Below the table stands what went wrong, and what the modules should do better; what there is nothing to
 * say about is left out.
 *
 * @example
 * ```ts
 * import { type BootReport, formatBootReport } from "@phasewise/runtime";
 *
 * export const print = (report: BootReport) => console.log(formatBootReport(report));
 * ```
 */
export function formatBootReport(report: BootReport): string {
  const { modules, dependencyFindings } = report;
  const withFinding = (wanted: "unused" | "transitive") =>
    dependencyFindings
      .filter(({ finding }) => finding === wanted)
      .map(({ module, dependency }) => [module, dependency] as const);
  return [
    ...formatSummary(report),
    ...formatTable(report),
    ...formatFailures(modules),
    ...formatLists(
      "synchronous hooks, to be made async functions",
      report.synchronousHooks.map(({ module, hook }) => [module, hook]),
    ),
    ...formatLists("unused dependencies, which only set the order of the boot", withFinding("unused")),
    ...formatLists("unused dependencies that another one leads to, safe to remove", withFinding("transitive")),
  ].join("\n");
}

function formatSummary({ modules, status, durationMs, criticalPath }: BootReport): string[] {
  const count = `${modules.length} ${modules.length === 1 ? "module" : "modules"}`;
  const links = criticalPath.modules.map((id, index, { length }) =>
    index < length - 1 ? `${id} →` : `${id} (${formatMs(criticalPath.durationMs)})`,
  );
  return [
    `${count}, ${status} after ${formatMs(durationMs)}`,
    ...(links.length > 0 ? hang("critical path: ", links) : []),
  ];
}

function formatTable({ modules, criticalPath }: BootReport): string[] {
  if (modules.length === 0) return [];
  const critical = new Set(criticalPath.modules);
  const rows = alignColumns([
    ["  module", modules.map(({ id }) => `${critical.has(id) ? "*" : " "} ${id}`)],
    ["state", modules.map(({ state }) => state.status)],
    ["registration", modules.map((module) => formatPhases(module, "registration"))],
    ["activation", modules.map((module) => formatPhases(module, "activation", "installation"))],
    ["start", modules.map((module) => formatPhases(module, "start"))],
    ["slack", modules.map(({ slackMs }) => formatMs(slackMs || undefined))],
    ["saving", modules.map(({ savingMs }) => formatMs(savingMs || undefined))],
  ]);
  const hasServices = modules.some(({ services }) => services.length > 0);
  const services = [hasServices ? ["services"] : [], ...modules.map((module) => punctuate(module.services))];
  return ["", ...rows.flatMap((row, index) => hang(`${row}  `, services[index]!))];
}

/** Each thing that went wrong, and the modules that it keeps from their work. */
function formatFailures(modules: readonly ReportedModule[]): string[] {
  const failures = new Map<string, string[]>();
  for (const { state } of modules) if (state.status === "failed") failures.set(state.error.message, []);
  for (const { id, state } of modules) {
    if (state.status === "blocked") failures.set(state.reason, [...(failures.get(state.reason) ?? []), id]);
  }
  return [...failures].flatMap(([message, blocked]) => [
    "",
    message,
    ...(blocked.length > 0 ? hang("  blocked by it: ", punctuate(blocked)) : []),
  ]);
}

/** A heading, and below it a line for each module with what belongs to it. */
function formatLists(heading: string, entries: readonly (readonly [module: string, item: string])[]): string[] {
  if (entries.length === 0) return [];
  const lists = new Map<string, string[]>();
  for (const [module, item] of entries) lists.set(module, [...(lists.get(module) ?? []), item]);
  const width = Math.max(...[...lists.keys()].map(({ length }) => length));
  return ["", heading, ...[...lists].flatMap(([id, items]) => hang(`  ${id.padEnd(width)}  `, punctuate(items)))];
}

function formatPhases({ phases }: ReportedModule, ...wanted: Phase[]): string {
  const durations = phases.filter(({ phase }) => wanted.includes(phase)).map(({ durationMs }) => durationMs);
  return formatMs(durations.length > 0 ? durations.reduce((sum, durationMs) => sum + durationMs) : undefined);
}

function formatMs(durationMs: number | undefined): string {
  return durationMs === undefined ? "-" : `${durationMs.toFixed(1)} ms`;
}

function punctuate(items: readonly string[]): string[] {
  return items.map((item, index) => (index < items.length - 1 ? `${item},` : item));
}

/** The rows with their heading, as wide as one another. Durations stand to the right; a column with none is left out. */
function alignColumns(columns: readonly (readonly [heading: string, cells: readonly string[]])[]): string[] {
  const padded = columns
    .filter(([, cells]) => cells.some((cell) => cell !== "-"))
    .map(([heading, cells]) => {
      const width = Math.max(...[heading, ...cells].map(({ length }) => length));
      const isText = heading === "  module" || heading === "state";
      return [heading, ...cells].map((cell) => (isText ? cell.padEnd(width) : cell.padStart(width)));
    });
  return padded[0]!.map((_, row) => padded.map((column) => column[row]!).join("  "));
}

/** The words behind the label, and continued below the first of them where the line would become too long. */
function hang(label: string, words: readonly string[]): string[] {
  const lines = [label];
  words.forEach((word, index) => {
    const longer = index === 0 ? label + word : `${lines.at(-1)} ${word}`;
    if (index === 0 || longer.length <= maxWidth) lines[lines.length - 1] = longer;
    else lines.push(" ".repeat(label.length) + word);
  });
  return lines.map((line) => line.trimEnd());
}
