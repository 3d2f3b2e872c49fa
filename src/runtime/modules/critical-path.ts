/** A chain of modules, each depending on the one before it, and how long their activations took together. */
export interface CriticalPath {
  readonly modules: readonly string[];
  readonly durationMs: number;
}

/** What the activation of one module means for the length of the boot. */
export interface ModuleMargin {
  /** How many milliseconds longer it could take without making the boot longer; 0 on the critical path. */
  readonly slackMs: number;
  /** By how many milliseconds the boot would be shorter if it took no time; 0 off the critical path. */
  readonly savingMs: number;
}

/** An activation, and what it waited for. */
export interface TimedModule {
  readonly id: string;
  /** Ids that are not in the list, such as those of absent optional dependencies, do not count. */
  readonly dependencies: readonly string[];
  readonly durationMs: number;
}

/** The places in the list of what each module depends on. */
type Graph = readonly (readonly number[])[];

/**
 * Finds the slowest chain, and the margin of each module, in the order of the modules, which come each after its
 * dependencies. Limits of concurrency are left out of account.
 */
export function findCriticalPath(modules: readonly TimedModule[]): {
  readonly criticalPath: CriticalPath;
  readonly margins: readonly ModuleMargin[];
} {
  const places = new Map(modules.map(({ id }, place) => [id, place]));
  const graph = modules.map(({ dependencies }) => dependencies.flatMap((id) => places.get(id) ?? []));
  const durations = modules.map(({ durationMs }) => durationMs);
  const before = measureBefore(graph, durations);
  const after = measureAfter(graph, durations);
  const path = findPath(graph, before);
  const longestMs = before[path.at(-1)!] ?? 0;

  const margins = durations.map((own, place) => {
    return { slackMs: subtract(longestMs, before[place]! + after[place]! - own), savingMs: 0 };
  });
  measureWithout(graph, durations, { before, after, path }).forEach((withoutMs, at) => {
    const place = path[at]!;
    margins[place] = { slackMs: 0, savingMs: Math.min(durations[place]!, subtract(longestMs, withoutMs)) };
  });
  return { criticalPath: { modules: path.map((place) => modules[place]!.id), durationMs: longestMs }, margins };
}

/** Of each module: the longest chain that ends with it. */
function measureBefore(graph: Graph, durations: readonly number[]): number[] {
  const before: number[] = [];
  graph.forEach((dependencies, place) => {
    let longest = 0;
    for (const dependency of dependencies) longest = Math.max(longest, before[dependency]!);
    before.push(longest + durations[place]!);
  });
  return before;
}

/** Of each module: the longest chain that begins with it. */
function measureAfter(graph: Graph, durations: readonly number[]): number[] {
  const after = [...durations];
  for (let place = graph.length - 1; place >= 0; place--) {
    for (const dependency of graph[place]!) {
      after[dependency] = Math.max(after[dependency]!, durations[dependency]! + after[place]!);
    }
  }
  return after;
}

/** The longest chain of all; of several the one that ends last. */
function findPath(graph: Graph, before: readonly number[]): number[] {
  const path: number[] = [];
  let last = findLongest(before.keys(), before);
  while (last !== undefined) {
    path.unshift(last);
    last = findLongest(graph[last]!, before);
  }
  return path;
}

function findLongest(candidates: Iterable<number>, before: readonly number[]): number | undefined {
  let longest: number | undefined;
  for (const place of candidates) if (longest === undefined || before[place]! >= before[longest]!) longest = place;
  return longest;
}

/**
 * Of each module of the path: the longest chain without it. That chain lies before its place in the list, lies after it,
 * or passes over it in one step from a dependency to a dependent.
 */
function measureWithout(
  graph: Graph,
  durations: readonly number[],
  { before, after, path }: { before: readonly number[]; after: readonly number[]; path: readonly number[] },
): number[] {
  const longest = path.map(() => 0);
  const passOver = (from: number, to: number, durationMs: number) => {
    for (let at = nextOnPath[from + 1]!; path[at]! < to; at++) longest[at] = Math.max(longest[at]!, durationMs);
  };
  let next = 0;
  const nextOnPath = [...graph, []].map((_, place) => (path[next]! < place ? ++next : next));
  graph.forEach((dependencies, place) => {
    if (dependencies.length === 0) passOver(-1, place, after[place]!);
    if (after[place] === durations[place]) passOver(place, graph.length, before[place]!);
    for (const dependency of dependencies) passOver(dependency, place, before[dependency]! + after[place]!);
  });
  return longest;
}

/** To the nanosecond, so that the sums of one chain in different orders are equal. */
function subtract(longMs: number, shortMs: number): number {
  return Math.max(0, Math.round((longMs - shortMs) * 1e6) / 1e6);
}
