import type { Place, ServiceFact } from "../gate/module-graph/facts.js";
import type { GraphModule, Link, ModuleGraph } from "../gate/module-graph/module-graph.js";
import type { Problem } from "../gate/module-graph/problem.js";

/** A graph of modules as every format shows it: plain values, modules by their index. */
export interface GraphView {
  readonly modules: readonly ModuleView[];
  /** Definitions that only running the code would tell. */
  readonly unreadable: readonly string[];
  readonly problems: readonly ProblemView[];
}

export interface ModuleView {
  readonly id: string;
  readonly version: string | null;
  readonly file: string;
  readonly line: number;
  /** When it is activated: 0 at once, 1 after modules of 0 …; `null` when a circle never lets it. */
  readonly level: number | null;
  readonly dependencies: readonly DependencyView[];
  /** Indexes. */
  readonly dependents: readonly number[];
  readonly undeclared: readonly { readonly service: string; readonly module: number; readonly place: string }[];
  readonly services: readonly { readonly id: string; readonly className: string | null; readonly isLazy: boolean }[];
  readonly uses: readonly string[];
  readonly declaredEvents: readonly string[];
  readonly publishedEvents: readonly string[];
  readonly handledEvents: readonly string[];
  readonly layers: readonly string[];
  /** The ids of a circle that it is part of; empty without one. */
  readonly circle: readonly string[];
  /** May it have more dependencies, which only running the code would tell? */
  readonly isComplete: boolean;
}

export interface DependencyView {
  readonly id: string;
  readonly version: string | null;
  readonly isOptional: boolean;
  /** The index; `null` when there is no such module, or several. */
  readonly module: number | null;
  /** Does it close a circle? */
  readonly isCircular: boolean;
}

export interface ProblemView {
  readonly rule: string;
  readonly severity: "error" | "warning";
  readonly message: string;
  readonly place: string;
  /** The index of the module that it is about. */
  readonly module: number | null;
}

/** What is wrong with a graph, or with the code of its modules. */
export interface GraphProblem extends Omit<Problem, "rule"> {
  readonly rule: string;
}

/** Describes a graph, with its circles and undeclared dependencies, which the gate leaves to lint rules, as problems. */
export function describeGraph({ facts, modules }: ModuleGraph, problems: readonly GraphProblem[]): GraphView {
  const indexes = new Map(modules.map((module, index) => [module, index]));
  const indexOf = (module: GraphModule | undefined) => (module && indexes.get(module)) ?? null;
  const found = [
    ...problems.map((problem) => ({ ...problem, of: findModule(problem, modules) })),
    ...modules.flatMap((module) =>
      [...describeCircle(module), ...describeUndeclared(module)].map((own) => ({ ...own, of: module })),
    ),
  ].filter(({ rule, place }, index, all) => {
    return all.findIndex((other) => other.rule === rule && toText(other.place) === toText(place)) === index;
  });
  return {
    modules: modules.map((module) => describeModule(module, indexOf)),
    unreadable: facts.unreadable.map(({ place }) => toText(place)),
    problems: found.map(({ rule, severity, message, place, of }) => {
      return { rule, severity, message, place: toText(place), module: indexOf(of) };
    }),
  };
}

function findModule({ module, place }: GraphProblem, modules: readonly GraphModule[]): GraphModule | undefined {
  const named = modules.filter(({ id }) => id === module);
  return named.find(({ facts }) => facts.place.file === place.file) ?? named[0];
}

function describeCircle({ circle, dependencies }: GraphModule): Omit<GraphProblem, "module">[] {
  const link = dependencies.find(({ fact }) => fact.id === circle[1]);
  if (!link) return [];
  const message = `Modules depend on each other in a circle: ${circle.join(" → ")}.`;
  return [{ rule: "graph/cycle", severity: "error", place: link.fact.place, message }];
}

function describeUndeclared({ id, undeclared }: GraphModule): Omit<GraphProblem, "module">[] {
  return undeclared.map(({ use, owner }) => ({
    rule: "graph/undeclared-dependency",
    severity: "error",
    place: use.place,
    message: `\`${use.call}("${use.id}")\` asks for a service of module "${owner.id}", which module "${id}" does not depend on.`,
  }));
}

type IndexOf = (module: GraphModule | undefined) => number | null;

function describeModule(module: GraphModule, indexOf: IndexOf): ModuleView {
  const { facts, id, level, dependencies, dependents, undeclared, circle } = module;
  return {
    id,
    version: facts.version ?? null,
    file: facts.place.file,
    line: facts.place.line,
    level: level ?? null,
    dependencies: dependencies.map((link) => describeLink(link, module, indexOf)),
    dependents: dependents.flatMap((dependent) => indexOf(dependent) ?? []),
    undeclared: undeclared.flatMap(({ use, owner }) => {
      const index = indexOf(owner);
      return index === null ? [] : { service: use.id, module: index, place: toText(use.place) };
    }),
    services: facts.services.map(describeService),
    uses: distinct(facts.uses),
    declaredEvents: distinct(facts.declaredEvents),
    publishedEvents: distinct(facts.publishedEvents),
    handledEvents: distinct(facts.handledEvents),
    layers: facts.layers,
    circle,
    isComplete: facts.isComplete,
  };
}

function describeLink({ fact, module: target }: Link, { circle }: GraphModule, indexOf: IndexOf): DependencyView {
  const isCircular =
    circle.length > 0 && target !== undefined && target.circle.length > 0 && sharesCircle(circle, target);
  return {
    id: fact.id,
    version: fact.version ?? null,
    isOptional: fact.isOptional,
    module: indexOf(target),
    isCircular,
  };
}

/** Two circles may touch each other: a link between modules of one of them is enough. */
function sharesCircle(circle: readonly string[], { id, circle: other }: GraphModule): boolean {
  return circle.includes(id) || other.includes(circle[0] ?? "");
}

function describeService({ id, className, isLazy }: ServiceFact): ModuleView["services"][number] {
  return { id, className: className ?? null, isLazy };
}

function distinct(facts: readonly { readonly id: string }[]): string[] {
  return [...new Set(facts.map(({ id }) => id))];
}

function toText({ file, line, column }: Place): string {
  return `${file}:${line}:${column}`;
}
