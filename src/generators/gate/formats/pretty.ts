import { relative, sep } from "node:path";
import { fileURLToPath } from "node:url";
import type { Paint } from "../colours.js";
import type { Finding, GateReport, GateSummary, Step } from "../finding.js";
import type { Surroundings } from "./formats.js";
import { type Frame, cutFrame } from "./frame.js";
import { describeSeconds, describeSummary } from "./summary.js";

/** The report for people: grouped by file, each finding with its line of code and its way, then the rules' pages and a sum. */
export function formatPretty(report: GateReport, { paint }: Pick<Surroundings, "paint">): string {
  const { findings, summary } = report;
  const files = [...new Set(findings.map(({ file }) => file))];
  const groups = files.map((file) => {
    const own = findings.filter((finding) => finding.file === file);
    return [paint("underline", file), ...own.map((finding) => formatFinding(finding, paint))].join("\n");
  });
  return [...groups, ...formatPages(report, paint), formatSummary(summary, paint)].join("\n\n");
}

function formatFinding(finding: Finding, paint: Paint): string {
  const { line, column, severity, message, rule, steps } = finding;
  const label = paint(severity === "error" ? "red" : "yellow", severity);
  const text = message.replaceAll("\n", "\n    ");
  return [
    `  ${line}:${column}  ${label}  ${text}  ${paint("dim", rule)}`,
    ...formatFrame(line, cutFrame(finding), paint),
    ...(steps.length > 1 ? formatSteps(steps, paint) : []),
  ].join("\n");
}

function formatFrame(line: number, { text, indent, width }: Frame, paint: Paint): string[] {
  const gutter = `    ${line} | `;
  const mark = `${" ".repeat(gutter.length - 2)}| ${" ".repeat(indent)}${"^".repeat(width)}`;
  return [paint("dim", gutter) + text, paint("dim", mark)];
}

/** One line for each name on the way, with the place that leads to it. */
function formatSteps(steps: readonly Step[], paint: Paint): string[] {
  const width = Math.max(...steps.map(({ name }) => name.length));
  return steps.map(({ name, file, line, column }, index) => {
    const arrow = index === 0 ? " " : "→";
    return `    ${paint("dim", arrow)} ${name.padEnd(width)}  ${paint("dim", `${file}:${line}:${column}`)}`;
  });
}

/** Where each rule that has found something is explained. */
function formatPages({ findings, rules, workspace }: GateReport, paint: Paint): string[] {
  const found = new Set(findings.map(({ rule }) => rule));
  const pages = rules.filter(({ rule }) => found.has(rule));
  if (pages.length === 0) return [];
  const width = Math.max(...pages.map(({ rule }) => rule.length));
  const lines = pages.map(({ rule, url }) => `  ${rule.padEnd(width)}  ${paint("dim", toPage(url, workspace))}`);
  return [[paint("underline", "Rules"), ...lines].join("\n")];
}

/** A page inside of the workspace by its path, which terminals and editors open; any other by its address. */
function toPage(url: string, workspace: string): string {
  if (!url.startsWith("file:")) return url;
  const path = fileURLToPath(url);
  const way = relative(workspace, path);
  return way.startsWith("..") ? path : way.split(sep).join("/");
}

function formatSummary(summary: GateSummary, paint: Paint): string {
  const { files, errors, warnings, durationMs } = summary;
  if (files === 0) return `${describeSummary(summary)}.`;
  const text = `${describeSummary(summary)} (${describeSeconds(durationMs)}).`;
  return paint(errors > 0 ? "red" : warnings > 0 ? "yellow" : "green", text);
}
