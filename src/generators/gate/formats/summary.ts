import type { GateSummary } from "../finding.js";

/** `2 errors and 1 warning in 14 files`, as all formats for people say it. */
export function describeSummary({ files, errors, warnings, known = 0 }: GateSummary): string {
  if (files === 0) return "Nothing to check: every JavaScript and TypeScript file here is ignored, or there is none";
  const found = `${count(errors, "error")} and ${count(warnings, "warning")}`;
  const beside = known > 0 ? `, and ${count(known, "known finding")}` : "";
  const fresh = known > 0 ? "No new findings" : "No findings";
  return `${errors + warnings === 0 ? fresh : found} in ${count(files, "file")}${beside}`;
}

export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}

/** `0.7 s` */
export function describeSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
