import type { Finding, GateReport } from "../finding.js";

/** Grows when a field is taken away or changes its meaning; fields may be added at any time. */
const SCHEMA_VERSION = 1;

/** The report for programs: one JSON object, as `docs/check-report.schema.json` describes it. */
export function formatJson({ findings, summary, timings }: GateReport): string {
  const report = { schemaVersion: SCHEMA_VERSION, findings: findings.map(toEntry), summary, timings };
  return JSON.stringify(report, null, 2);
}

function toEntry({ excerpt: _, ...entry }: Finding): Omit<Finding, "excerpt"> {
  return entry;
}
