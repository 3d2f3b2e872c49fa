import type { GateSummary } from "../finding.js";

/** `2 errors and 1 warning in 14 files`, as all formats for people say it. */
export function describeSummary({ files, errors, warnings }: GateSummary): string {
  if (files === 0) return "Nothing to check: every JavaScript and TypeScript file here is ignored, or there is none";
  if (errors + warnings === 0) return `No findings in ${count(files, "file")}`;
  return `${count(errors, "error")} and ${count(warnings, "warning")} in ${count(files, "file")}`;
}

export function count(amount: number, noun: string): string {
  return `${amount} ${noun}${amount === 1 ? "" : "s"}`;
}

/** `0.7 s` */
export function describeSeconds(milliseconds: number): string {
  return `${(milliseconds / 1000).toFixed(1)} s`;
}
