import type { GateReport } from "../finding.js";
import { fingerprintAll } from "./fingerprint.js";
import type { Surroundings } from "./formats.js";

/** A Code Quality report, which GitLab shows in merge requests: what is new, and what is gone, by fingerprint. */
export function formatGitlab({ findings }: GateReport, { prefix }: Pick<Surroundings, "prefix">): string {
  const fingerprints = fingerprintAll(findings);
  const entries = findings.map(({ rule, severity, file, line, endLine, message }, index) => ({
    description: message,
    check_name: rule,
    fingerprint: fingerprints[index],
    severity: severity === "error" ? "major" : "minor",
    location: { path: prefix + file, lines: { begin: line, end: endLine } },
  }));
  return JSON.stringify(entries, null, 2);
}
