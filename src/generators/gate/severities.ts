import type { Severity } from "../configuration/define-config.js";
import { gateRules } from "../configuration/rule-names.js";
import type { Configuration } from "../configuration/resolve.js";
import type { Finding } from "./finding.js";

/** Gives the findings that no linter makes the severities of the configuration, and leaves out those that are off. */
export function applySeverities<Found extends Pick<Finding, "rule" | "severity">>(
  findings: readonly Found[],
  configuration: Configuration,
): Found[] {
  return findings.flatMap((finding) => {
    const severity = findSeverity(finding.rule, configuration);
    if (severity === "off") return [];
    return severity === undefined ? [finding] : [{ ...finding, severity: severity === "warn" ? "warning" : severity }];
  });
}

function findSeverity(rule: string, { rules, graph }: Configuration): Severity | undefined {
  if (rule.startsWith("graph/")) return graph.rules[rule.slice("graph/".length)];
  return rule in gateRules ? rules[rule]?.[0] : undefined;
}
