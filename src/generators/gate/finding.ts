/** One thing the gate has found, with all that a report needs to show it. */
export interface Finding {
  /** Name of the rule without the plugin's prefix; `syntax-error` for a file that cannot be parsed. */
  readonly rule: string;
  readonly severity: "error" | "warning";
  /** Relative to the workspace, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units as editors count. */
  readonly column: number;
  readonly message: string;
  /** The names on the way to the call that the message is about; empty when the message has no path. */
  readonly path: readonly string[];
  /** The line of the finding, and how many of its UTF-16 units are meant. */
  readonly excerpt: { readonly text: string; readonly width: number };
}

/** What one run of the gate has found. */
export interface GateReport {
  /** Sorted by file, line, column and rule. */
  readonly findings: readonly Finding[];
  readonly summary: GateSummary;
}

export interface GateSummary {
  /** Number of files that were checked. */
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  readonly durationMs: number;
}
