import type { GateReport } from "../finding.js";
import type { Surroundings } from "./formats.js";

/** A Code Quality report, which GitLab shows in merge requests: what is new, and what is gone, by fingerprint. */
export function formatGitlab({ findings }: GateReport, { prefix, identifiers }: Surroundings): string {
  const entries = findings.map(({ rule, severity, file, line, endLine, message }, index) => ({
    description: message,
    check_name: rule,
    fingerprint: identifiers[index],
    severity: severity === "error" ? "major" : "minor",
    location: { path: prefix + file, lines: { begin: line, end: endLine } },
  }));
  return JSON.stringify(entries, null, 2);
}
