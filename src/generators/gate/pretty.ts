import { type Frame, cutFrame } from "./frame.js";
import type { Paint } from "./colours.js";
import type { Finding, GateReport, GateSummary } from "./finding.js";

/** The report for people: grouped by file, each finding with its line of code, and a last line that sums up. */
export function formatPretty({ findings, summary }: GateReport, paint: Paint): string {
  const files = [...new Set(findings.map(({ file }) => file))];
  const groups = files.map((file) => {
    const own = findings.filter((finding) => finding.file === file);
    return [paint("underline", file), ...own.map((finding) => formatFinding(finding, paint))].join("\n");
  });
  return [...groups, formatSummary(summary, paint)].join("\n\n");
}

function formatFinding(finding: Finding, paint: Paint): string {
  const { line, column, severity, message, rule } = finding;
  const label = paint(severity === "error" ? "red" : "yellow", severity);
  const text = message.replaceAll("\n", "\n    ");
  return [
    `  ${line}:${column}  ${label}  ${text}  ${paint("dim", rule)}`,
    ...formatFrame(line, cutFrame(finding), paint),
  ].join("\n");
}

function formatFrame(line: number, { text, indent, width }: Frame, paint: Paint): string[] {
  const gutter = `    ${line} | `;
  const mark = `${" ".repeat(gutter.length - 2)}| ${" ".repeat(indent)}${"^".repeat(width)}`;
  return [paint("dim", gutter) + text, paint("dim", mark)];
}

function formatSummary({ files, errors, warnings, durationMs }: GateSummary, paint: Paint): string {
  if (files === 0) return "Nothing to check: every JavaScript and TypeScript file here is ignored, or there is none.";
  const where = `in ${count(files, "file")} (${(durationMs / 1000).toFixed(1)} s)`;
  if (errors + warnings === 0) return paint("green", `No findings ${where}.`);
  return paint(errors > 0 ? "red" : "yellow", `${count(errors, "error")} and ${count(warnings, "warning")} ${where}.`);
}

function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}
