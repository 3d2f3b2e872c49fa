import type { Finding, GateReport } from "./finding.js";

/** The report for programs: one JSON object, as `docs/gate.md` describes it. */
export function formatJson({ findings, summary }: GateReport): string {
  return JSON.stringify({ findings: findings.map(toEntry), summary }, null, 2);
}

function toEntry({ excerpt: _, ...entry }: Finding): Omit<Finding, "excerpt"> {
  return entry;
}
