import type { Finding } from "./finding.js";

/** Sorts by file, line, column and rule. */
export function byPlace(a: Finding, b: Finding): number {
  return compare(a.file, b.file) || a.line - b.line || a.column - b.column || compare(a.rule, b.rule);
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}
