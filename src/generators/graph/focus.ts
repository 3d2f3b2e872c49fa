import { didYouMean } from "../did-you-mean.js";
import { GeneratorError } from "../errors.js";
import type { GraphModule, ModuleGraph } from "../gate/module-graph/module-graph.js";

/** The part of a graph around one module: what it needs, directly or not, and what needs it. */
export function focusOn(graph: ModuleGraph, id: string): ModuleGraph {
  const found = graph.modules.filter((module) => module.id === id);
  if (found.length === 0) throw unknownModule(id, graph);
  const needed = findReachable(found, ({ dependencies }) => dependencies.flatMap(({ module }) => module ?? []));
  const needing = findReachable(found, ({ dependents }) => dependents);
  return { ...graph, modules: graph.modules.filter((module) => needed.has(module) || needing.has(module)) };
}

function findReachable(from: readonly GraphModule[], next: (module: GraphModule) => readonly GraphModule[]) {
  const found = new Set(from);
  for (const module of found) for (const further of next(module)) found.add(further);
  return found;
}

function unknownModule(id: string, { modules }: ModuleGraph): GeneratorError {
  const ids = modules.map((module) => module.id);
  const known = ids.length === 0 ? "The workspace has no modules." : `There are: ${listSome(ids)}.`;
  return new GeneratorError("WRONG_USAGE", `There is no module ${id} to focus on.${didYouMean(id, ids)} ${known}`);
}

function listSome(ids: readonly string[]): string {
  const shown = ids.slice(0, 10);
  return [...shown, ...(ids.length > shown.length ? ["…"] : [])].join(", ");
}
