import type { Node } from "./ast.js";
import type { Project } from "./types.js";

const foreseen = new WeakMap<Project, readonly Node[]>();

/** Has the types of these nodes asked together with the next ones that are asked of the project. */
export function foresee(nodes: readonly Node[], project: Project): void {
  foreseen.set(project, [...(foreseen.get(project) ?? []), ...nodes]);
}

/** What is foreseen and not asked yet. */
export function takeForeseen(project: Project): readonly Node[] {
  const nodes = foreseen.get(project) ?? [];
  foreseen.delete(project);
  return nodes;
}
