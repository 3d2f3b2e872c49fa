import ignoreRules from "ignore";
import type { Severity } from "../configuration/define-config.js";
import type { Configuration } from "../configuration/resolve.js";
import { REASON_RULE, readHidden, readUnused } from "./directives.js";
import type { Diagnostic, LintOutcome } from "./oxlint.js";
import { withOxlintConfig } from "./oxlint-config.js";
import { toPatterns } from "./patterns.js";

/** Without rules every comment silences nothing: oxlint then lists them all. */
export function withoutRules<Value>(use: (config: string) => Promise<Value>): Promise<Value> {
  return withOxlintConfig({ plugins: [], categories: { correctness: "off" }, rules: {} }, use);
}

/** What is wrong with comments that silence rules, beside what the plugin's own rule reports. */
export async function readCommentFindings(
  workspace: string,
  { diagnostics, unused }: LintOutcome,
  comments: readonly Diagnostic[],
  configuration: Configuration,
): Promise<Diagnostic[]> {
  const found = [
    ...(await readUnused(workspace, unused)).map((diagnostic) => ({ rule: "unused-disable", diagnostic })),
    ...(await readHidden(workspace, comments, diagnostics)).map((diagnostic) => ({ rule: REASON_RULE, diagnostic })),
  ];
  return found.flatMap(({ rule, diagnostic }) => {
    const severity = findSeverity(rule, diagnostic.filename ?? "", configuration);
    return severity === "off" ? [] : [{ ...diagnostic, severity: severity === "warn" ? "warning" : severity }];
  });
}

/** As oxlint decides it: the last override that fits and names the rule. */
function findSeverity(rule: string, file: string, { rules, overrides }: Configuration): Severity {
  const fitting = overrides.filter(({ files }) => ignoreRules().add(toPatterns(files)).ignores(file));
  return fitting.findLast((override) => override.rules[rule])?.rules[rule]?.[0] ?? rules[rule]?.[0] ?? "off";
}
