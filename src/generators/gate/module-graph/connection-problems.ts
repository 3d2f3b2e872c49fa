import { didYouMean } from "../../did-you-mean.js";
import type { CodeFacts, EventFact, UseFact } from "./facts.js";
import type { ModuleGraph } from "./module-graph.js";
import type { Problem } from "./problem.js";

/** Code of one module, or of none. */
interface Owned {
  readonly module: string | undefined;
  readonly code: CodeFacts;
}

/**
 * Services that are asked for and nobody registers, events that are handled and nobody publishes, and the other way round.
 * What only running the code would tell, or a package may bring, could be just what is missed: then nothing is said.
 */
export function findConnectionProblems({ facts }: ModuleGraph): Problem[] {
  const owned: Owned[] = [
    ...facts.modules.map((module) => ({ module: module.id, code: module })),
    { module: undefined, code: facts.shared },
  ];
  if (facts.packages.length > 0) return [];
  return [...findUnprovided(owned), ...findUnpublished(owned), ...findUnhandled(owned)];
}

function findUnprovided(owned: readonly Owned[]): Problem[] {
  const ids = new Set(owned.flatMap(({ code }) => code.services.map(({ id }) => id)));
  if (hasUnknown(owned, ["registerService", "registerLazyService"])) return [];
  return owned.flatMap(({ module, code }) =>
    code.uses
      .filter(({ id, isOptional }) => !isOptional && !ids.has(id))
      .map((use) => describeUnprovided(use, module, didYouMean(use.id, ids))),
  );
}

function describeUnprovided({ id, call, place }: UseFact, module: string | undefined, hint: string): Problem {
  return {
    rule: "graph/unprovided-service",
    severity: "error",
    place,
    module,
    message:
      `\`${call}("${id}")\` asks for a service that no module registers.${hint} ` +
      `${hint === "" ? `Register it in \`initialize\` of the module that offers it: \`context.registerService("${id}", …)\`.` : "Correct the id."}`,
  };
}

function findUnpublished(owned: readonly Owned[]): Problem[] {
  const published = new Set(owned.flatMap(({ code }) => code.publishedEvents.map(({ id }) => id)));
  if (hasUnknown(owned, ["publish", "publishAndForget"])) return [];
  return owned.flatMap(({ module, code }) =>
    code.handledEvents
      .filter(({ id }) => id !== "*" && ![...published].some((type) => matches(id, type)))
      .map(({ id, call, place }) => ({
        rule: "graph/unpublished-event",
        severity: "error",
        place,
        module,
        message:
          `\`${call}("${id}")\` listens to ${id.endsWith("*") ? "events" : "an event"} that nobody publishes.` +
          `${didYouMean(id, published)} Publish it, or remove the handler.`,
      })),
  );
}

/** Several publications of one event in a file are one finding. */
function findUnhandled(owned: readonly Owned[]): Problem[] {
  const patterns = [...new Set(owned.flatMap(({ code }) => code.handledEvents.map(({ id }) => id)))];
  if (hasUnknown(owned, ["subscribe", "once", "waitFor", "events"])) return [];
  return owned.flatMap(({ module, code }) =>
    code.publishedEvents
      .filter(({ id }) => !patterns.some((pattern) => matches(pattern, id)))
      .filter((event, index, all) => all.findIndex((other) => isSameEvent(other, event)) === index)
      .map(({ id, call, place }) => ({
        rule: "graph/unhandled-event",
        severity: "warning",
        place,
        module,
        message: `\`${call}("${id}")\` tells of an event that nobody handles. Subscribe to it, or do not publish it.`,
      })),
  );
}

/** Does a type of event fall under a pattern: `billing.paid`, `billing.*`, `*`? */
export function matches(pattern: string, type: string): boolean {
  return pattern === type || pattern === "*" || (pattern.endsWith(".*") && type.startsWith(pattern.slice(0, -1)));
}

function isSameEvent(one: EventFact, other: EventFact): boolean {
  return one.id === other.id && one.place.file === other.place.file;
}

function hasUnknown(owned: readonly Owned[], calls: readonly string[]): boolean {
  return owned.some(({ code }) => code.unknown.some(({ call }) => calls.includes(call)));
}
