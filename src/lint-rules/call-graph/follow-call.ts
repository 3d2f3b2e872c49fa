import {
  SyntaxKind,
  isArrayBindingPattern,
  isArrowFunction,
  isCallExpression,
  isForOfStatement,
  isPropertyAccessExpression,
  isSpreadElement,
  isVariableDeclaration,
  isYieldExpression,
} from "../type-checker/ast.js";
import type { CallGraph } from "./call-graph.js";
import type { Entry, Receiver } from "./dispatch.js";
import type { Call, Unit } from "./unit.js";

/** What runs when a call is made: what it enters, and the callbacks it runs before it is done. */
export function followCall(call: Call, from: Entry | undefined, graph: CallGraph): Entry[] {
  const implementations = graph.dispatcher.find(call, from?.self);
  const entered = implementations.length > 0 ? implementations : followDeclared(call, from, graph);
  return [...entered.filter(({ unit }) => runsNow(unit, call)), ...followCallbacks(call, from, graph)];
}

/** The units that run when the call is made, whatever it is made from. */
export function getEntered(call: Call, graph: CallGraph): Unit[] {
  return followCall(call, undefined, graph).map(({ unit }) => unit);
}

/** The same without the code that only the object at hand decides about: the implementations of what is declared. */
export function followDeclaredCall(call: Call, from: Entry | undefined, graph: CallGraph): Entry[] {
  const entered = followDeclared(call, from, graph).filter(({ unit }) => runsNow(unit, call));
  return [...entered, ...followCallbacks(call, from, graph)];
}

function followDeclared(call: Call, from: Entry | undefined, graph: CallGraph): Entry[] {
  return graph.findTargets(call.target).map((unit) => ({ unit, self: findSelf(unit, call, from, graph) }));
}

function followCallbacks(call: Call, from: Entry | undefined, graph: CallGraph): Entry[] {
  return call.arguments
    .filter((argument) => graph.runsAtOnce(call, argument))
    .flatMap((argument) => argument.unit ?? graph.findTargets(argument.target))
    .map((unit) => ({ unit, self: isWrittenIn(unit, from) ? from?.self : undefined }));
}

/** What `this` is in the entered code, where that is known from where the path comes from. */
function findSelf(unit: Unit, call: Call, from: Entry | undefined, graph: CallGraph): Receiver | undefined {
  if (call.kind === "new") return graph.dispatcher.findNew(unit);
  const { callee } = call;
  const isBase = isPropertyAccessExpression(callee) ? callee.expression.kind : callee.kind;
  if (call.kind === "extends" || isBase === SyntaxKind.SuperKeyword) return from?.self;
  return isWrittenIn(unit, from) ? from?.self : undefined;
}

/** An arrow function has the `this` of the code around it. */
function isWrittenIn({ enclosing, node }: Unit, from: Entry | undefined): boolean {
  return isArrowFunction(node) && from !== undefined && enclosing === from.unit;
}

/** The code of a generator runs when somebody takes from it. */
function runsNow(unit: Unit, call: Call): boolean {
  return !unit.isGenerator || isIterated(call);
}

/** Is what the call gives iterated over where it stands? */
function isIterated({ kind, node, node: { parent } }: Call): boolean {
  return (
    kind === "iterate" ||
    isForOfStatement(parent) ||
    isSpreadElement(parent) ||
    isYieldExpression(parent) ||
    isCallExpression(parent) ||
    (isPropertyAccessExpression(parent) && parent.expression === node) ||
    (isVariableDeclaration(parent) && isArrayBindingPattern(parent.name))
  );
}
