import type { Finding, GateReport, Step } from "../finding.js";
import type { Surroundings } from "./formats.js";

/** SARIF 2.1.0, which code scanning reads: the way of a finding is a code flow, and files start from `%SRCROOT%`. */
export function formatSarif(report: GateReport, { version, prefix, identifiers }: Surroundings): string {
  const rules = describeRules(report);
  const ruleIds = rules.map(({ id }) => id);
  const results = report.findings.map((finding, index) => ({
    ruleId: finding.rule,
    ruleIndex: ruleIds.indexOf(finding.rule),
    level: finding.severity,
    message: { text: finding.message },
    locations: [{ physicalLocation: { ...locate(finding.file, prefix), region: toRegion(finding) } }],
    partialFingerprints: { "phasewise/v1": identifiers[index] },
    ...(finding.steps.length > 0 && { codeFlows: [toCodeFlow(finding.steps, prefix)] }),
  }));
  const run = {
    tool: { driver: { name: "Phasewise", semanticVersion: version, version, rules } },
    columnKind: "utf16CodeUnits",
    originalUriBaseIds: { "%SRCROOT%": { description: { text: "The root of the repository." } } },
    invocations: [{ executionSuccessful: true }],
    results,
  };
  return JSON.stringify({ $schema: SCHEMA, version: "2.1.0", runs: [run] }, null, 2);
}

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** All rules that were asked, and names of findings that are no rule's, such as `syntax-error`. */
function describeRules({ rules, findings }: GateReport) {
  const known = rules.map(({ rule, description, url }) => ({
    id: rule,
    shortDescription: { text: description },
    fullDescription: { text: description },
    help: { text: description },
    helpUri: url,
  }));
  const named = new Set(rules.map(({ rule }) => rule));
  const others = [...new Set(findings.map(({ rule }) => rule))].filter((rule) => !named.has(rule));
  return [...known, ...others.map((id) => ({ id, shortDescription: { text: id } }))];
}

function toCodeFlow(steps: readonly Step[], prefix: string) {
  const locations = steps.map(({ name, file, line, column }, nestingLevel) => {
    const physicalLocation = { ...locate(file, prefix), region: { startLine: line, startColumn: column } };
    return { location: { physicalLocation, message: { text: name } }, nestingLevel };
  });
  return { threadFlows: [{ locations }] };
}

function locate(file: string, prefix: string) {
  const uri = `${prefix}${file}`.split("/").map(encodeURIComponent).join("/");
  return { artifactLocation: { uri, uriBaseId: "%SRCROOT%" } };
}

function toRegion({ line, column, endLine, endColumn }: Finding) {
  return { startLine: line, startColumn: column, endLine, endColumn };
}
