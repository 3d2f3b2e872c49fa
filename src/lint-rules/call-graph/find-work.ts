import { type Node, SyntaxKind } from "../type-checker/ast.js";
import type { Project } from "../type-checker/types.js";
import { isPlainFunction } from "../type-queries/plain-function.js";
import type { CallGraph } from "./call-graph.js";
import type { Call, Unit } from "./unit.js";

/** What a rule thinks of a call: that it is work, that it is none, or nothing beyond what its declaration tells. */
export type Judge = (call: Call, project: Project) => boolean | undefined;

/**
 * The outermost calls by which a unit does more than make and compute values, also in the callbacks that it runs at
 * once: `names.map((name) => load(name))`. What does not resolve counts for nothing, nor what makes an error to throw.
 */
export function findWork(unit: Unit, graph: CallGraph, judge: Judge): Call[] {
  const work: Call[] = [];
  for (const call of unit.calls) {
    if (isAside(call) || work.some((outer) => isWithin(call.node, outer.node))) continue;
    if (isWork(call, graph, judge)) work.push(call);
    else work.push(...getCallbacks(call, graph).flatMap((callback) => findWork(callback, graph, judge)));
  }
  return work;
}

/** Decorators and computed names run when the class is defined, and a throw ends the unit. */
function isAside({ node, unit }: Call): boolean {
  let current = node;
  while (current !== unit.node && !asides.has(current.kind)) current = current.parent;
  return current !== unit.node;
}

const asides: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ComputedPropertyName,
  SyntaxKind.Decorator,
  SyntaxKind.ThrowStatement,
]);

function isWork(call: Call, graph: CallGraph, judge: Judge): boolean {
  if (call.kind === "import") return true;
  if ((call.kind !== "call" && call.kind !== "new") || call.callee.kind === SyntaxKind.SuperKeyword) return false;
  const { symbols } = call.target;
  if (symbols.length === 0) return false;
  const judged = judge(call, graph.project);
  if (judged !== undefined) return judged;
  return !symbols.every((symbol) => isPlainFunction(symbol, graph.project)) || runsNamedFunction(call, graph);
}

/** `names.map(load)` runs `load`. */
function runsNamedFunction(call: Call, graph: CallGraph): boolean {
  return call.arguments.some(
    (argument) => !argument.unit && argument.target.unitIds.length > 0 && graph.runsAtOnce(call, argument),
  );
}

function getCallbacks(call: Call, graph: CallGraph): Unit[] {
  return call.arguments.flatMap((argument) =>
    argument.unit && graph.runsAtOnce(call, argument) ? [argument.unit] : [],
  );
}

function isWithin(node: Node, outer: Node): boolean {
  return outer.pos <= node.pos && node.end <= outer.end;
}
