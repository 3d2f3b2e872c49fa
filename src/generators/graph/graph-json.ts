import type { GraphView } from "./view.js";

/** The graph for other programs, as docs/graph.md describes it; modules name each other by id. */
export function formatGraphJson({ modules, unreadable, problems }: GraphView): string {
  const nameOf = (index: number | null) => (index === null ? null : (modules[index]?.id ?? null));
  const entries = modules.map(({ dependencies, dependents, undeclared, ...module }) => ({
    ...module,
    dependencies: dependencies.map(({ module: target, ...dependency }) => ({
      ...dependency,
      isThere: target !== null,
    })),
    dependents: dependents.map(nameOf),
    undeclared: undeclared.map((use) => ({ ...use, module: nameOf(use.module) })),
  }));
  const found = problems.map((problem) => ({ ...problem, module: nameOf(problem.module) }));
  return JSON.stringify({ modules: entries, problems: found, unreadable }, null, 2);
}
