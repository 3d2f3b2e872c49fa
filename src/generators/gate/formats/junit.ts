import type { Finding, GateReport } from "../finding.js";
import { describeSummary } from "./summary.js";

/** A JUnit report: a suite a file, a failed case an error. Warnings pass, as they do in the exit code, and say what they are. */
export function formatJunit({ findings, summary }: GateReport): string {
  const files = [...new Set(findings.map(({ file }) => file))];
  const suites = files.map((file) => ({ file, own: findings.filter((finding) => finding.file === file) }));
  const failures = findings.filter(isError).length;
  const tests = Math.max(findings.length, 1);
  const total = attributes({ name: "phasewise check", tests, failures, errors: 0, time: summary.durationMs / 1000 });
  const body = suites.length > 0 ? suites.map(({ file, own }) => formatSuite(file, own)) : [formatEmpty(summary)];
  return ['<?xml version="1.0" encoding="UTF-8"?>', `<testsuites${total}>`, ...body, "</testsuites>"].join("\n");
}

function formatSuite(file: string, findings: readonly Finding[]): string {
  const failures = findings.filter(isError).length;
  const head = attributes({ name: file, tests: findings.length, failures, errors: 0 });
  return [`  <testsuite${head}>`, ...findings.map(formatCase), "  </testsuite>"].join("\n");
}

function formatCase(finding: Finding): string {
  const { rule, file, line, column, message, steps } = finding;
  const way = steps.length > 1 ? steps.map((step) => `\n${step.name}  ${step.file}:${step.line}:${step.column}`) : [];
  const text = escape(`${file}:${line}:${column}\n${message}${way.join("")}`);
  const head = attributes({ name: `${rule} (${line}:${column})`, classname: file, file, line });
  const outcome = isError(finding)
    ? `<failure${attributes({ type: rule, message })}>${text}</failure>`
    : `<system-out>${text}</system-out>`;
  return `    <testcase${head}>${outcome}</testcase>`;
}

/** Many readers take a report without any case for a mistake. */
function formatEmpty(summary: GateReport["summary"]): string {
  const suite = attributes({ name: "phasewise", tests: 1, failures: 0, errors: 0 });
  const test = attributes({ name: describeSummary(summary), classname: "phasewise" });
  return `  <testsuite${suite}>\n    <testcase${test}/>\n  </testsuite>`;
}

function isError({ severity }: Finding): boolean {
  return severity === "error";
}

function attributes(values: Record<string, string | number>): string {
  const written = Object.entries(values).map(([name, value]) => ` ${name}="${escapeAttribute(String(value))}"`);
  return written.join("");
}

/** A line break in an attribute reads as a space unless it is written as a reference. */
function escapeAttribute(text: string): string {
  return escape(text).replaceAll('"', "&quot;").replaceAll("\t", "&#9;").replaceAll("\n", "&#10;");
}

/** Also leaves out what no XML may hold: control characters, and halves of surrogate pairs. */
function escape(text: string): string {
  return text
    .replaceAll(/[^\t\n\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, "")
    .replaceAll("&", "&amp;")
    .replaceAll("<", "&lt;")
    .replaceAll(">", "&gt;");
}
