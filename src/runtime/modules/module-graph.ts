import { findClosestName } from "./closest-name.js";
import type { ModuleDependency } from "./define-module.js";
import { circularDependency, duplicateModule, invalidModule, missingDependency, versionMismatch } from "./errors.js";
import type { ModuleError } from "./module-error.js";

/** A module among others, linked to what it depends on and to what depends on it. */
export interface GraphNode {
  readonly id: string;
  readonly file: string | undefined;
  readonly module: {
    readonly version: string;
    readonly dependencies: readonly ModuleDependency[];
    readonly optionalDependencies: readonly ModuleDependency[];
  };
  dependencies: readonly this[];
  dependents: readonly this[];
}

/** What is known about versions; needed only where a dependency has a range of them. */
export interface VersionRanges {
  isVersionRange(text: string): boolean;
  satisfies(version: string, range: string): boolean;
}

export interface LinkedGraph<N> {
  /** Every module after all its dependencies; those of a circle are left out. */
  readonly order: readonly N[];
  readonly problems: readonly ModuleError[];
}

/** Links the modules by their dependencies and finds everything that is wrong with the graph: duplicates, gaps, versions, circles. */
export function linkModules<N extends GraphNode>(nodes: readonly N[], ranges?: VersionRanges): LinkedGraph<N> {
  const byId = new Map(nodes.map((node) => [node.id, node]));
  const problems = byId.size < nodes.length ? findDuplicates(nodes) : [];
  for (const node of nodes) linkDependencies(node, { byId, ranges, problems });
  linkDependents(nodes);
  const order = sortByDependencies(nodes);
  problems.push(...findCircles(nodes, order).map(circularDependency));
  return { order, problems };
}

/** All modules that the module needs, directly or through others. */
export function findDependencies<N extends GraphNode>(node: N): N[] {
  return findReachable(node, ({ dependencies }) => dependencies);
}

/** All modules that need the module, directly or through others. */
export function findDependents<N extends GraphNode>(node: N): N[] {
  return findReachable(node, ({ dependents }) => dependents);
}

function findDuplicates(nodes: readonly GraphNode[]): ModuleError[] {
  const origins = new Map<string, string[]>();
  for (const { id, file } of nodes) {
    const origin = file ?? "one in the list of modules";
    const known = origins.get(id);
    if (known) known.push(origin);
    else origins.set(id, [origin]);
  }
  return [...origins].filter(([, files]) => files.length > 1).map(([id, files]) => duplicateModule(id, files));
}

interface Linking<N> {
  readonly byId: ReadonlyMap<string, N>;
  readonly ranges: VersionRanges | undefined;
  readonly problems: ModuleError[];
}

function linkDependencies<N extends GraphNode>(node: N, { byId, ranges, problems }: Linking<N>): void {
  const dependencies: N[] = [];
  const link = ({ id, version }: ModuleDependency, isOptional: boolean) => {
    const dependency = byId.get(id);
    if (!dependency) {
      if (!isOptional) problems.push(missingDependency(node.id, id, findClosestName(id, byId.keys())));
      return;
    }
    if (version !== undefined && ranges) {
      const actual = dependency.module.version;
      if (!ranges.isVersionRange(version)) problems.push(invalidModule(node.id, notARange(version)));
      else if (!ranges.satisfies(actual, version)) problems.push(versionMismatch(node.id, id, version, actual));
    }
    dependencies.push(dependency);
  };
  for (const dependency of node.module.dependencies) link(dependency, false);
  for (const dependency of node.module.optionalDependencies) link(dependency, true);
  if (dependencies.length > 0) node.dependencies = trim(dependencies);
}

function linkDependents<N extends GraphNode>(nodes: readonly N[]): void {
  const dependents = new Map<N, N[]>();
  for (const node of nodes) {
    for (const dependency of node.dependencies) {
      const known = dependents.get(dependency);
      if (known) known.push(node);
      else dependents.set(dependency, [node]);
    }
  }
  for (const [node, list] of dependents) node.dependents = trim(list);
}

/** A copy without the room for more that a list gets when it grows: these lists live as long as the application. */
function trim<T>(list: readonly T[]): readonly T[] {
  return list.slice();
}

function notARange(version: string): string {
  return `${JSON.stringify(version)} is not a range of versions such as "^2"`;
}

function sortByDependencies<N extends GraphNode>(nodes: readonly N[]): N[] {
  const missing = new Map(nodes.map((node) => [node, node.dependencies.length]));
  const order = nodes.filter((node) => node.dependencies.length === 0);
  for (const { dependents } of order) {
    for (const dependent of dependents) {
      const left = missing.get(dependent)! - 1;
      missing.set(dependent, left);
      if (left === 0) order.push(dependent);
    }
  }
  return order;
}

/** The path of one circle after the other, each without the modules of those before, until none is left. */
function findCircles<N extends GraphNode>(nodes: readonly N[], sorted: readonly N[]): string[][] {
  if (sorted.length === nodes.length) return [];
  const done = new Set(sorted);
  const open = new Set(nodes.filter((node) => !done.has(node)));
  const circles: string[][] = [];
  for (let circle = findCircle(open); circle; circle = findCircle(open)) {
    circles.push([...circle, circle[0]!].map(({ id }) => id));
    for (const node of circle) open.delete(node);
  }
  return circles;
}

/** Follows dependencies until it comes back to a module already met. What leads nowhere is on no circle, and taken out. */
function findCircle<N extends GraphNode>(open: Set<N>): N[] | undefined {
  for (const start of open) {
    while (open.has(start)) {
      const path: N[] = [];
      let node: N | undefined = start;
      while (node && !path.includes(node)) {
        path.push(node);
        node = node.dependencies.find((dependency: N) => open.has(dependency));
      }
      if (node) return path.slice(path.indexOf(node));
      open.delete(path.at(-1)!);
    }
  }
  return undefined;
}

function findReachable<N>(node: N, next: (node: N) => readonly N[]): N[] {
  const found = new Set(next(node));
  for (const reached of found) for (const further of next(reached)) found.add(further);
  return [...found];
}
