import type { Finding, GateReport } from "../finding.js";
import { describeSeconds, describeSummary } from "./summary.js";

/** A comment on GitHub holds 65,536 characters. */
const MAX_LENGTH = 60_000;

/** A summary for a pull request: what was found, errors first, as a table as long as a comment may be. */
export function formatMarkdown({ findings, summary }: GateReport): string {
  const title = `### Phasewise: ${describeSummary(summary)}`;
  const checked = `Checked in ${describeSeconds(summary.durationMs)}.`;
  if (findings.length === 0) return `${title}\n\n${checked}`;
  const errorsFirst = [...findings].sort((a, b) => Number(isWarning(a)) - Number(isWarning(b)));
  const head = "|  | Place | Finding | Rule |\n| --- | --- | --- | --- |";
  const rows = takeRows(errorsFirst.map(formatRow));
  const more = findings.length - rows.length;
  const rest = more > 0 ? [`${more} more are not shown here.`] : [];
  return [title, [head, ...rows].join("\n"), ...rest, checked].join("\n\n");
}

function isWarning({ severity }: Finding): boolean {
  return severity === "warning";
}

function takeRows(rows: readonly string[]): string[] {
  let length = 0;
  return rows.filter((row) => (length += row.length + 1) < MAX_LENGTH);
}

function formatRow({ severity, file, line, column, message, rule, steps }: Finding): string {
  const way = steps.length > 1 ? steps.map((step) => `<br>→ ${code(`${step.name}`)} ${code(placeOf(step))}`) : [];
  return `| ${severity} | ${code(placeOf({ file, line, column }))} | ${escape(message)}${way.join("")} | ${code(rule)} |`;
}

function placeOf({ file, line, column }: Pick<Finding, "file" | "line" | "column">): string {
  return `${file}:${line}:${column}`;
}

/** Messages have their code in backticks, which stays as it is; nothing else in them is markup. */
function escape(message: string): string {
  return message
    .split(/(`[^`]*`)/)
    .map((part) => (part.startsWith("`") && part.length > 2 ? code(part.slice(1, -1)) : escapeText(part)))
    .join("");
}

function escapeText(text: string): string {
  return text.replaceAll(/[\\`*_{}[\]<>()#+!|~&]/g, "\\$&").replaceAll(/\s*\n\s*/g, "<br>");
}

/** A piece of code in a table, where a bar would end the cell even in code. */
function code(text: string): string {
  const fence = text.includes("`") ? "``" : "`";
  const inner = text.replaceAll("|", "\\|").replaceAll(/\s+/g, " ");
  return fence === "`" ? `\`${inner}\`` : `${fence} ${inner} ${fence}`;
}
