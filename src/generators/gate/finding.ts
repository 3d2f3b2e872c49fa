import type { Timings } from "./stopwatch.js";

/** One thing the gate has found, with all that a report needs to show it. */
export interface Finding {
  /**
   * Name of the rule without the plugin's prefix; `syntax-error` for a file that cannot be parsed. Findings that are no
   * lint rule's have names of their own: `graph/cycle`, `unused-disable`, `types/TS2322`.
   */
  readonly rule: string;
  readonly severity: "error" | "warning";
  /** Relative to the workspace, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units as editors count. */
  readonly column: number;
  /** The end of what is meant, counted the same; the column is that of the first character behind it. */
  readonly endLine: number;
  readonly endColumn: number;
  readonly message: string;
  /** The names on the way to the call that the message is about; empty when there is no way. */
  readonly path: readonly string[];
  /** The same way with its places, as far as they are known; empty when they are not. */
  readonly steps: readonly Step[];
  /** The line of the finding, and how many of its UTF-16 units are meant. */
  readonly excerpt: { readonly text: string; readonly width: number };
}

/** One name on a way, and the place in the workspace where it is called. */
export interface Step {
  readonly name: string;
  /** Relative to the workspace, with `/`. */
  readonly file: string;
  /** From 1. */
  readonly line: number;
  /** From 1, in UTF-16 units. */
  readonly column: number;
}

/** What one run of the gate has found. */
export interface GateReport {
  /** Sorted by file, line, column and rule. */
  readonly findings: readonly Finding[];
  readonly summary: GateSummary;
  /** Absolute folder that the findings' files start from. */
  readonly workspace: string;
  /** The rules of the plugin with their pages; empty where nothing was linted. */
  readonly rules: readonly RulePage[];
  /** Where the time went, where that was asked for. */
  readonly timings?: Timings;
}

/** A rule, and the page that explains it. */
export interface RulePage {
  /** As in a finding. */
  readonly rule: string;
  readonly description: string;
  readonly url: string;
}

export interface GateSummary {
  /** Number of files that were checked. */
  readonly files: number;
  readonly errors: number;
  readonly warnings: number;
  /** How many findings the baseline knows, which are not reported; missing without a baseline. */
  readonly known?: number;
  /** How many the baseline knows that are there no more; missing where a part was checked. */
  readonly gone?: number;
  readonly durationMs: number;
}
