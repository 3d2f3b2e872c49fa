import { groupBy } from "./group-by.js";
import type { DependencyFact, ModuleFacts, ModuleGraphFacts, UseFact } from "./facts.js";

/** A module among those that it needs and that need it. */
export interface GraphModule {
  readonly facts: ModuleFacts;
  readonly id: string;
  readonly dependencies: readonly Link[];
  readonly dependents: readonly GraphModule[];
  /** Services of other modules that it asks for without naming these modules. */
  readonly undeclared: readonly UndeclaredUse[];
  /** When it is activated: 0 at once, 1 after those of 0 …; `undefined` when a circle never lets it. */
  readonly level: number | undefined;
  /** The ids of the shortest circle that it is part of, beginning and ending with its own; empty without one. */
  readonly circle: readonly string[];
}

export interface Link {
  readonly fact: DependencyFact;
  /** `undefined` when there is no such module, or several and none of them nearer. */
  readonly module: GraphModule | undefined;
  /** How many modules the id may mean. */
  readonly candidates: number;
}

export interface UndeclaredUse {
  readonly use: UseFact;
  readonly owner: GraphModule;
}

export interface ModuleGraph {
  readonly facts: ModuleGraphFacts;
  /** By level, then by id. */
  readonly modules: readonly GraphModule[];
}

type Writable<T> = { -readonly [Key in keyof T]: T[Key] extends readonly (infer Item)[] ? Item[] : T[Key] };
type Node = Writable<GraphModule>;

/** Joins the modules of a workspace. Of several modules with one id the one in the same file is meant, or the nearest. */
export function buildModuleGraph(facts: ModuleGraphFacts): ModuleGraph {
  const nodes: Node[] = facts.modules.map((module) => {
    return {
      facts: module,
      id: module.id,
      dependencies: [],
      dependents: [],
      undeclared: [],
      level: undefined,
      circle: [],
    };
  });
  const byId = groupBy(nodes, ({ id }) => id);
  for (const node of nodes) linkDependencies(node, byId);
  setLevels(nodes);
  const providers = findProviders(nodes);
  for (const node of nodes) {
    if (node.level === undefined) node.circle = findCircle(node);
    node.undeclared = findUndeclared(node, providers);
  }
  return { facts, modules: nodes.sort(byLevel) };
}

function linkDependencies(node: Node, byId: ReadonlyMap<string, readonly Node[]>): void {
  for (const fact of node.facts.dependencies) {
    const candidates = (byId.get(fact.id) ?? []).filter((other) => isVisible(other, node));
    const module = findNearest(candidates, node);
    node.dependencies.push({ fact, module, candidates: candidates.length });
    if (module && !module.dependents.includes(node)) module.dependents.push(node);
  }
}

function isVisible({ facts }: GraphModule, from: GraphModule): boolean {
  return facts.visibility !== "local" || facts.place.file === from.facts.place.file;
}

/** The one in the same file, or else in the nearest folder; nothing when several are as near. */
export function findNearest<Candidate extends GraphModule>(
  candidates: readonly Candidate[],
  { facts: { place } }: GraphModule,
): Candidate | undefined {
  if (candidates.length < 2) return candidates[0];
  const nearness = candidates.map(({ facts }) => countShared(facts.place.file, place.file));
  const nearest = Math.max(...nearness);
  const found = candidates.filter((_, index) => nearness[index] === nearest);
  return found.length === 1 ? found[0] : undefined;
}

function countShared(one: string, other: string): number {
  const [parts, others] = [one.split("/"), other.split("/")];
  const different = parts.findIndex((part, index) => part !== others[index]);
  return different < 0 ? parts.length : different;
}

function setLevels(nodes: readonly Node[]): void {
  const targets = (node: GraphModule) => new Set(node.dependencies.flatMap(({ module }) => module ?? []));
  const missing = new Map<GraphModule, number>(nodes.map((node) => [node, targets(node).size]));
  const ready: Node[] = nodes.filter((node) => missing.get(node) === 0);
  for (const node of ready) {
    node.level = Math.max(-1, ...[...targets(node)].map(({ level }) => level ?? -1)) + 1;
    for (const dependent of node.dependents) {
      const left = missing.get(dependent)! - 1;
      missing.set(dependent, left);
      if (left === 0) ready.push(dependent as Node);
    }
  }
}

function findCircle(start: GraphModule): string[] {
  const cameFrom = new Map<GraphModule, GraphModule | undefined>([[start, undefined]]);
  for (const module of cameFrom.keys()) {
    for (const { module: dependency } of module.dependencies) {
      if (dependency === start) return [...getWay(module, cameFrom), start.id];
      if (dependency && dependency.level === undefined && !cameFrom.has(dependency)) cameFrom.set(dependency, module);
    }
  }
  return [];
}

function getWay(last: GraphModule, cameFrom: ReadonlyMap<GraphModule, GraphModule | undefined>): string[] {
  const ids: string[] = [];
  for (let module: GraphModule | undefined = last; module; module = cameFrom.get(module)) ids.unshift(module.id);
  return ids;
}

function findProviders(nodes: readonly GraphModule[]): Map<string, GraphModule[]> {
  const offers = nodes.flatMap((module) => module.facts.services.map(({ id }) => ({ id, module })));
  const byService = groupBy(offers, ({ id }) => id);
  return new Map([...byService].map(([id, found]) => [id, [...new Set(found.map(({ module }) => module))]]));
}

function findUndeclared(node: GraphModule, providers: ReadonlyMap<string, readonly GraphModule[]>): UndeclaredUse[] {
  if (!node.facts.isComplete) return [];
  const named = new Set(node.dependencies.map(({ fact }) => fact.id));
  return node.facts.uses.flatMap((use) => {
    const owners = (providers.get(use.id) ?? []).filter((owner) => isVisible(owner, node));
    if (owners.some((owner) => owner.id === node.id || named.has(owner.id))) return [];
    const owner = findNearest(owners, node);
    return owner ? { use, owner } : [];
  });
}

function byLevel(one: GraphModule, other: GraphModule): number {
  return (one.level ?? Infinity) - (other.level ?? Infinity) || (one.id < other.id ? -1 : Number(one.id > other.id));
}
