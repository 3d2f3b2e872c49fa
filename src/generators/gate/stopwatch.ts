/** Where the time of a run goes. */
export interface Timings {
  /** Milliseconds of the clock by stage, in the order they were run. */
  readonly stages: Readonly<Record<string, number>>;
  /** Inside of the stage `lint`, summed over the processes that shared the work. */
  readonly lint: LintTimings;
}

export interface LintTimings {
  readonly processes: number;
  readonly nativeChecker: number;
  readonly callGraph: number;
  /** Each rule's own time, without what it waited for the checker and the call graph. */
  readonly rules: Readonly<Record<string, number>>;
}

/** Measures the stages of a run, from the start of the program on. */
export interface Stopwatch {
  readonly stages: Readonly<Record<string, number>>;
  /** Does the work, and counts its time to the stage. */
  measure<Answer>(stage: string, work: () => Promise<Answer>): Promise<Answer>;
}

export function startStopwatch(): Stopwatch {
  const stages: Record<string, number> = { start: Math.round(performance.now()) };
  return {
    stages,
    async measure(stage, work) {
      const begin = performance.now();
      try {
        return await work();
      } finally {
        stages[stage] = Math.round((stages[stage] ?? 0) + performance.now() - begin);
      }
    },
  };
}

/** Adds up what the processes have noted. */
export function sumLintTimings(noted: readonly Readonly<Record<string, number>>[]): LintTimings {
  const sums: Record<string, number> = {};
  for (const milliseconds of noted)
    for (const [name, ms] of Object.entries(milliseconds)) sums[name] = (sums[name] ?? 0) + ms;
  const { "native checker": nativeChecker = 0, "call graph": callGraph = 0, ...rules } = sums;
  const slowestFirst = Object.entries(rules).sort(([, a], [, b]) => b - a);
  return {
    processes: noted.length,
    nativeChecker: Math.round(nativeChecker),
    callGraph: Math.round(callGraph),
    rules: Object.fromEntries(slowestFirst.map(([rule, ms]) => [rule, round(ms)])),
  };
}

function round(ms: number): number {
  return Math.round(ms * 10) / 10;
}
