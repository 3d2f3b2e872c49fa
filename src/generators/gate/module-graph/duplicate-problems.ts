import type { ModuleFacts, Place, ServiceFact } from "./facts.js";
import { groupBy } from "./group-by.js";
import type { ModuleGraph } from "./module-graph.js";
import type { Problem } from "./problem.js";

/** Ids that two modules have, or two services, where one application loads both: those below one folder `modules`. */
export function findDuplicateProblems({ modules }: ModuleGraph): Problem[] {
  const facts = modules.map((module) => module.facts);
  const applications = groupBy(facts.filter(isDiscovered), ({ place }) => getApplication(place.file));
  return [...applications.values()].flatMap((members) => [...findModules(members), ...findServices(members)]);
}

function isDiscovered({ visibility }: ModuleFacts): boolean {
  return visibility === "discovered";
}

/** `apps/shop/modules` of `apps/shop/modules/billing/module.ts`; without such a folder, the folder itself. */
function getApplication(file: string): string {
  return /^(?:.*?\/)?modules(?=\/)/.exec(file)?.[0] ?? file.slice(0, file.lastIndexOf("/") + 1);
}

function findModules(modules: readonly ModuleFacts[]): Problem[] {
  const named = modules.map((module) => ({ id: module.id, place: module.place, module: module.id }));
  const inOneFolder = ({ place }: { place: Place }) => place.file.replace(/[^/]+$/, "");
  return findTwice(named).flatMap(({ own, other }) => {
    // Of `module.ts` and `module.js` in one folder the application takes one.
    if (inOneFolder(own) === inOneFolder(other)) return [];
    const message =
      `${describe(other.place)} defines a module "${own.id}" too: the application does not boot with both. ` +
      "Give one of them an id of its own.";
    return { rule: "graph/duplicate-module", severity: "error", place: own.place, module: own.id, message };
  });
}

function findServices(modules: readonly ModuleFacts[]): Problem[] {
  const certain = modules.flatMap(({ id: module, services }) =>
    services.filter(isUnconditional).map(({ id, place }) => ({ id, place, module })),
  );
  return findTwice(certain).map(({ own, other }) => ({
    rule: "graph/duplicate-service",
    severity: "error",
    place: own.place,
    module: own.module,
    message:
      `Service "${own.id}" is registered by ${own.module === other.module ? "this module" : `module "${other.module}"`} too ` +
      `(${describe(other.place)}): the application does not boot with both. Give one of them an id of its own.`,
  }));
}

function isUnconditional({ isConditional }: ServiceFact): boolean {
  return !isConditional;
}

interface Named {
  readonly id: string;
  readonly place: Place;
  readonly module: string;
}

/** Each that shares its id with others, and the first of these. */
function findTwice(named: readonly Named[]): { readonly own: Named; readonly other: Named }[] {
  return [...groupBy(named, ({ id }) => id).values()].flatMap((group) =>
    group.flatMap((own) => {
      const other = group.find((candidate) => candidate !== own);
      return other ? { own, other } : [];
    }),
  );
}

function describe({ file, line }: Place): string {
  return `${file}:${line}`;
}
