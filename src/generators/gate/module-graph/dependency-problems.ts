import satisfies from "semver/functions/satisfies.js";
import validRange from "semver/ranges/valid.js";
import { didYouMean } from "../../did-you-mean.js";
import type { GraphModule, Link, ModuleGraph } from "./module-graph.js";
import type { Problem } from "./problem.js";

/** Dependencies on modules that nobody defines, or not in that version, and circles that no lint rule sees. */
export function findDependencyProblems({ facts, modules }: ModuleGraph): Problem[] {
  const ids = new Set(modules.map(({ id }) => id));
  // A module with an id that only running the code would tell, or of a package, may be the one that is missed.
  const isOpen = facts.unreadable.length > 0 || facts.packages.length > 0;
  return modules.flatMap((module) => [
    ...module.dependencies.flatMap(
      (link) => findMissing(module, link, ids, isOpen) ?? findMismatch(module, link) ?? [],
    ),
    ...findHiddenCircle(module, modules),
  ]);
}

function findMissing(module: GraphModule, { fact, candidates }: Link, ids: ReadonlySet<string>, isOpen: boolean) {
  if (candidates > 0 || fact.isOptional) return undefined;
  const hint = didYouMean(
    fact.id,
    [...ids].filter((id) => id !== module.id),
  );
  if (isOpen && hint === "") return undefined;
  return {
    rule: "graph/missing-dependency",
    severity: isOpen ? "warning" : "error",
    place: fact.place,
    module: module.id,
    message:
      `Module "${module.id}" depends on "${fact.id}", which no module of this workspace is: the application does not boot.` +
      `${hint} ${hint === "" ? `Define it with \`create-module ${fact.id}\`, or remove it from the list.` : "Correct the id."}`,
  } satisfies Problem;
}

function findMismatch(owner: GraphModule, { fact, module }: Link): Problem | undefined {
  const { version: range, id, place } = fact;
  if (range === undefined) return undefined;
  const found = { rule: "graph/version-mismatch", severity: "error", place, module: owner.id } as const;
  if (validRange(range) === null) {
    const message = `"${range}" is no range of versions. Write one as npm does: "^2", ">=1.4 <3" or "1.x".`;
    return { ...found, message };
  }
  const actual = module?.facts.version;
  if (actual === undefined || satisfies(actual, range)) return undefined;
  return {
    ...found,
    message:
      `Module "${owner.id}" needs "${id}" in version ${range}, and it is ${actual} (${module?.facts.place.file}): ` +
      `the application does not boot. Change the range, or the version of "${id}".`,
  };
}

/** The rule no-circular-dependency sees the modules of one TypeScript project; circles through several are reported here. */
function findHiddenCircle({ id, circle, dependencies }: GraphModule, modules: readonly GraphModule[]): Problem[] {
  const members = modules.filter((module) => circle.includes(module.id) && module.circle.length > 0);
  const projects = new Set(members.map(({ facts }) => facts.project));
  const link = dependencies.find(({ fact }) => fact.id === circle[1]);
  if (!link || projects.size < 2) return [];
  const message =
    `Modules depend on each other in a circle: ${circle.join(" → ")}. Remove one of these dependencies: ` +
    "publish an event instead of calling, or move what both need into a module of its own.";
  return [{ rule: "graph/cycle", severity: "error", place: link.fact.place, module: id, message, path: circle }];
}
