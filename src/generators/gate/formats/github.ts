import type { Finding, GateReport } from "../finding.js";
import type { Surroundings } from "./formats.js";
import { describeSummary } from "./summary.js";

/** Workflow commands, which GitHub shows as annotations of the changed files, and a line that sums up. */
export function formatGithub({ findings, summary }: GateReport, { prefix }: Pick<Surroundings, "prefix">): string {
  return [...findings.map((finding) => formatCommand(finding, prefix)), `${describeSummary(summary)}.`].join("\n");
}

function formatCommand({ rule, severity, message, steps, ...place }: Finding, prefix: string): string {
  const { file, line, column, endLine, endColumn } = place;
  // GitHub takes columns only where a finding ends on the line that it begins on.
  const columns = line === endLine ? { col: column, endColumn } : {};
  const properties = { file: prefix + file, line, endLine, ...columns, title: `phasewise ${rule}` };
  const given = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  const way = steps.length > 1 ? steps.map((step) => `\n${step.name}  ${prefix}${step.file}:${step.line}`) : [];
  return `::${severity} ${given.join(",")}::${escapeMessage([message, ...way].join(""))}`;
}

function escapeMessage(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function escapeProperty(text: string): string {
  return escapeMessage(text).replaceAll(":", "%3A").replaceAll(",", "%2C");
}
