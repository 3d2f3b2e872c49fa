import type { Finding, GateReport } from "../../../src/generators/gate/finding.js";
import { type FormatName, formats } from "../../../src/generators/gate/formats/formats.js";

/** A finding with what a test does not care about filled in. */
export function finding(given: Partial<Finding>): Finding {
  return {
    rule: "no-sync-io",
    severity: "error",
    file: "modules/billing/render.ts",
    line: 4,
    column: 20,
    endLine: 4,
    endColumn: 32,
    message: "This call blocks.",
    path: [],
    steps: [],
    excerpt: { text: "  const template = readTemplate();", width: 12 },
    ...given,
  };
}

export const steps = [
  { name: "readTemplate", file: "modules/billing/render.ts", line: 4, column: 20 },
  { name: "fs.readFileSync", file: "modules/billing/my template.ts", line: 8, column: 10 },
];

export function report(findings: readonly Finding[], given: Partial<GateReport> = {}): GateReport {
  const errors = findings.filter(({ severity }) => severity === "error").length;
  const summary = { files: 14, errors, warnings: findings.length - errors, durationMs: 700 };
  const page = { rule: "no-sync-io", description: "Disallow blocking calls", url: "https://example.org/no-sync-io" };
  return { findings, summary, workspace: "/workspace", rules: [page], ...given };
}

/** The report in a format, without colours; the first finding is identified as `id-0`. */
export function format(name: FormatName, given: GateReport, prefix = ""): string {
  const identifiers = given.findings.map((_, index) => `id-${index}`);
  return formats[name](given, { paint: (_, text) => text, version: "1.2.3", prefix, identifiers });
}
