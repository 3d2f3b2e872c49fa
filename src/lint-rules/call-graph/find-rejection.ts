import { findTypeAt } from "../type-checker/ask-types.js";
import { type Node, isThrowStatement } from "../type-checker/ast.js";
import { findRejectingFunction, isFromOutside } from "../type-queries/rejecting-function.js";
import { isPromiseOfResult } from "../type-queries/result-type.js";
import type { CallGraph } from "./call-graph.js";
import { findExitOfError, findExitOfPromise, isLanguageCall } from "./find-exit.js";
import { PathFinder } from "./find-path.js";
import { getEntered } from "./follow-call.js";
import { isPublicServiceMethod, isServiceCode } from "./service-code.js";
import type { Call, Unit } from "./unit.js";
import type { Waypoint } from "./way.js";

/** The function from outside of the workspace by which the call's promise may reject. One that promises a Result does not. */
export function findRejectingCall(call: Call, { project }: CallGraph): string | undefined {
  const label = call.target.symbols.map((symbol) => findRejectingFunction(symbol, project)).find(Boolean);
  const type = label === undefined ? undefined : findTypeAt(call.node, project);
  return type && !isPromiseOfResult(type, project) ? label : undefined;
}

/** The function that the failure of a call leaves: by a promise that is awaited or returned there, or as it is thrown. */
export function findExit(call: Call, graph: CallGraph): Node | undefined {
  return (
    findExitOfPromise(call.node, graph) ?? (throwsAtOnce(call, graph) ? findExitOfError(call.node, graph) : undefined)
  );
}

/**
 * Paths to what rejects or throws: through functions that are awaited, and the service's own helpers. Not through public
 * methods of services, which are judged by themselves, nor through callbacks that are not of JavaScript's own functions.
 */
export function createRejectionPaths(rule: string, graph: CallGraph): PathFinder {
  return new PathFinder(graph, {
    findEnd: (call) => (graph.isSilenced(call, rule) ? undefined : findEnd(call, rule, graph)),
    mayEnter: (unit) => isOpen(unit, graph),
    mayFollow: (call) => isLanguageCall(call) || (mayFollow(call, graph) && findExit(call, graph) !== undefined),
  });
}

function findEnd(call: Call, rule: string, graph: CallGraph): string | Waypoint[] | undefined {
  const label = findRejectingCall(call, graph);
  if (label !== undefined) return findExitOfPromise(call.node, graph) && label;
  if (!mayFollow(call, graph) || !findExit(call, graph)) return undefined;
  for (const unit of getEntered(call, graph)) {
    const thrown = isOpen(unit, graph) ? findThrown(unit, rule, graph) : undefined;
    if (thrown) return unit.name === undefined ? [thrown] : [{ name: unit.name, node: call.node }, thrown];
  }
  return undefined;
}

/** A function that is given another one by name may catch what that throws. One written out is no part of the path. */
function mayFollow({ arguments: given, target }: Call, { project }: CallGraph): boolean {
  if (target.symbols.some((symbol) => isFromOutside(symbol, project))) return false;
  return given.every((argument) => argument.target.unitIds.length === 0);
}

function isOpen(unit: Unit, graph: CallGraph): boolean {
  return unit.kind === "function" && !isPublicServiceMethod(unit, graph);
}

/** A helper of the service itself may throw; other functions that are not awaited throw at misuse, if at all. */
function throwsAtOnce(call: Call, graph: CallGraph): boolean {
  return getEntered(call, graph).some((unit) => !unit.isAsync && isServiceCode(unit, graph));
}

/** What a function throws, also in callbacks of JavaScript's own functions: `throw new QueryError`. */
function findThrown({ node }: Unit, rule: string, graph: CallGraph): Waypoint | undefined {
  const visit = (child: Node): Waypoint | undefined => {
    if (isThrowStatement(child) && findExitOfError(child, graph) === node && !graph.isSilenced({ node: child }, rule))
      return { name: `throw ${child.expression.getText().replace(/[({][^]*/, "")}`.trim(), node: child };
    return child.forEachChild(visit);
  };
  return node.forEachChild(visit);
}
