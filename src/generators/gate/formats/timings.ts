import type { Timings } from "../stopwatch.js";

/** Where the time went, for people: the stages, then the parts of linting, the slowest first. */
export function formatTimings({ stages, lint }: Timings): string {
  const { processes, nativeChecker, callGraph, rules } = lint;
  const shared = processes > 1 ? `, summed over ${processes} processes` : "";
  return [
    "Stages:",
    ...toRows(stages),
    `Within lint${shared}:`,
    ...toRows({ "native checker": nativeChecker, "call graph": callGraph, ...rules }),
  ].join("\n");
}

function toRows(milliseconds: Readonly<Record<string, number>>): string[] {
  const width = Math.max(...Object.keys(milliseconds).map((name) => name.length));
  return Object.entries(milliseconds).map(([name, ms]) => `  ${name.padEnd(width)}  ${ms.toFixed(1).padStart(8)} ms`);
}
