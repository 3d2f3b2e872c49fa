import { findConnectionProblems } from "./connection-problems.js";
import { findDependencyProblems } from "./dependency-problems.js";
import { findDuplicateProblems } from "./duplicate-problems.js";
import type { ModuleGraph } from "./module-graph.js";
import type { Problem } from "./problem.js";

/** All that is wrong with a graph of modules and that no lint rule reports. */
export function findProblems(graph: ModuleGraph): Problem[] {
  return [...findDependencyProblems(graph), ...findDuplicateProblems(graph), ...findConnectionProblems(graph)];
}
