import { optionalServiceCall } from "../runtime-vocabulary.js";
import type { SourceFile } from "../type-checker/ast.js";
import type { Node } from "../type-checker/ast.js";
import type { Project } from "../type-checker/types.js";
import { findTexts } from "../type-queries/constant.js";
import { type ContextCall, findContextCalls, kindsOfCall } from "./context-calls.js";
import { findDeclaredEvents } from "./declared-events.js";
import type { CodeFacts, EventFact, NamedFact, ServiceFact, UnknownFact, UseFact } from "./facts.js";
import type { Places } from "./place.js";
import { findRegisteredClass, isConditional } from "./registered-class.js";

/** Facts while they are collected. */
export class CodeCollector implements CodeFacts {
  readonly services: ServiceFact[] = [];
  readonly uses: UseFact[] = [];
  readonly declaredEvents: NamedFact[] = [];
  readonly publishedEvents: EventFact[] = [];
  readonly handledEvents: EventFact[] = [];
  readonly unknown: UnknownFact[] = [];
}

interface Collecting {
  readonly project: Project;
  readonly places: Places;
  /** Whose code a node is. */
  readonly findOwner: (node: Node) => CodeCollector;
}

/** Collects what the code of a file registers, asks for, publishes and listens to. */
export function collectCode(sourceFile: SourceFile, collecting: Collecting): void {
  const { places, project, findOwner } = collecting;
  for (const { id, node } of findDeclaredEvents(sourceFile))
    findOwner(node).declaredEvents.push({ id, place: places.find(node) });
  for (const call of findContextCalls(sourceFile, project)) collectCall(call, collecting);
}

function collectCall(call: ContextCall, { project, places, findOwner }: Collecting): void {
  const { name, argument } = call;
  const owner = findOwner(argument);
  const place = places.find(argument);
  const ids = findTexts(argument, project);
  if (ids.length === 0) owner.unknown.push({ call: name, place });
  for (const id of ids) {
    if (kindsOfCall.service.has(name)) owner.services.push(describeService(call, { id, place }, project));
    else if (kindsOfCall.use.has(name))
      owner.uses.push({ id, place, call: name, isOptional: name === optionalServiceCall });
    else
      (kindsOfCall.publication.has(name) ? owner.publishedEvents : owner.handledEvents).push({ id, place, call: name });
  }
}

function describeService(call: ContextCall, fact: NamedFact, project: Project): ServiceFact {
  const className = findRegisteredClass(call, project);
  const isLazy = call.name.includes("Lazy");
  return { ...fact, ...(className !== undefined && { className }), isLazy, isConditional: isConditional(call) };
}
