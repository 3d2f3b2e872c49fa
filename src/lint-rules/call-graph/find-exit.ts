import {
  type CallExpression,
  type Node,
  SyntaxKind,
  hasModifier,
  isArrayLiteralExpression,
  isArrowFunction,
  isAwaitExpression,
  isBinaryExpression,
  isCallExpression,
  isConditionalExpression,
  isIdentifier,
  isPropertyAccessExpression,
  isReturnStatement,
  isTryStatement,
  isVariableDeclaration,
} from "../type-checker/ast.js";
import { skipOuterWrappers } from "../type-checker/skip-wrappers.js";
import { isLanguageFunction } from "../type-queries/language-function.js";
import type { CallGraph } from "./call-graph.js";
import { type FunctionWithBody, isFunctionWithBody } from "./function-with-body.js";
import { type Call, getSpelledName } from "./unit.js";
import { getNodeId } from "./unit-name.js";

/**
 * The function that an error at a node leaves, so that its caller gets it; `undefined` where a `catch` takes it. It
 * passes through callbacks of JavaScript's own functions, as that of `map`. What others do with theirs is not known.
 */
export function findExitOfError(node: Node, graph: CallGraph): Node | undefined {
  for (let child = node, { parent } = node; parent; [child, parent] = [parent, parent.parent]) {
    if (isTryStatement(parent) && parent.catchClause && parent.tryBlock === child) return undefined;
    if (isFunctionWithBody(parent)) return leave(parent, "error", graph);
  }
  return undefined;
}

/** The same for a promise that rejects, by way of whoever awaits or returns it, alone or in `Promise.all`. */
export function findExitOfPromise(promise: Node, graph: CallGraph): Node | undefined {
  const node = skipOuterWrappers(promise);
  const { parent } = node;
  if (isAwaitExpression(parent)) return findExitOfError(parent, graph);
  if (isReturnStatement(parent)) return leave(findFunctionAround(parent), "promise", graph);
  if (isArrowFunction(parent)) return leave(parent, "promise", graph);
  if (isAlternative(node, parent)) return findExitOfPromise(parent, graph);
  if (isArrayLiteralExpression(parent)) return findExitOfList(parent, graph);
  if (isVariableDeclaration(parent)) return findExitOfVariable(parent, findExitOfPromise, graph);
  const chained = findChained(node);
  return chained && findExitOfPromise(chained, graph);
}

/** The same for an array of promises. */
function findExitOfList(list: Node, graph: CallGraph): Node | undefined {
  const node = skipOuterWrappers(list);
  const { parent } = node;
  if (isVariableDeclaration(parent)) return findExitOfVariable(parent, findExitOfList, graph);
  const isCombined = isCallExpression(parent) && /^Promise\s*\.\s*(?:all|any|race)$/.test(parent.expression.getText());
  return isCombined ? findExitOfPromise(parent, graph) : undefined;
}

/** One of the later uses of a variable, of which the first that leaves a function counts. */
function findExitOfVariable(
  declaration: Node & { readonly name: Node },
  findExit: (node: Node, graph: CallGraph) => Node | undefined,
  graph: CallGraph,
): Node | undefined {
  const { name } = declaration;
  if (!isIdentifier(name)) return undefined;
  const visit = (node: Node): Node | undefined => {
    if (node.end <= declaration.end) return undefined;
    if (isIdentifier(node) && node.text === name.text) return findExit(node, graph);
    return node.forEachChild(visit);
  };
  return visit(findFunctionAround(declaration) ?? declaration.getSourceFile());
}

function leave(around: FunctionWithBody | undefined, form: "error" | "promise", graph: CallGraph): Node | undefined {
  if (!around || ("asteriskToken" in around && around.asteriskToken)) return undefined;
  const isRejected = form === "promise" || hasModifier(around, SyntaxKind.AsyncKeyword);
  const { parent } = skipOuterWrappers(around);
  if (isCallExpression(parent) && !parent.arguments.some((argument) => argument.end === around.end))
    return isRejected ? findExitOfPromise(parent, graph) : findExitOfError(parent, graph);
  const call = graph.findUnit(getNodeId(around))?.handedTo;
  if (!call) return around;
  if (!isLanguageCall(call)) return undefined;
  if (/^(?:catch|finally|then)$/.test(getSpelledName(call))) return findExitOfPromise(call.node, graph);
  if (!isRejected) return findExitOfError(call.node, graph);
  return findExitOfList(call.node, graph);
}

/** Does it call one of JavaScript's own functions? */
export function isLanguageCall({ kind, target }: Call): boolean {
  return kind === "call" && target.symbols.some(isLanguageFunction);
}

function isAlternative(node: Node, parent: Node): boolean {
  if (isConditionalExpression(parent)) return parent.condition !== node;
  return isBinaryExpression(parent) && alternatives.has(parent.operatorToken.kind);
}

const alternatives: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
]);

/** `load().then(use)`, which rejects with what `load()` rejects with, unless it has a handler for that. */
function findChained({ parent }: Node): CallExpression | undefined {
  if (!isPropertyAccessExpression(parent) || !isCallExpression(parent.parent)) return undefined;
  const { arguments: given } = parent.parent;
  const passesOn = parent.name.text === "finally" || (parent.name.text === "then" && given.length < 2);
  return passesOn ? parent.parent : undefined;
}

function findFunctionAround(node: Node): FunctionWithBody | undefined {
  let current = node.parent;
  while (current && !isFunctionWithBody(current)) current = current.parent;
  return current;
}
