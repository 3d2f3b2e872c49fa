import type { TSESTree } from "@typescript-eslint/utils";
import { findFunctionAround, type FunctionNode, isFunctionExpression } from "./function-value.js";
import { getStaticPropertyName } from "./property-name.js";

/** One link of a chain on a promise: `.then(use)` of `load().then(use)`. */
export interface ChainLink {
  readonly method: string;
  readonly call: TSESTree.CallExpression;
  readonly object: TSESTree.Expression;
}

/** A chain that code waits by, and where it stands. */
export interface WaitingChain {
  /** In the order of the text. */
  readonly links: readonly [ChainLink, ...ChainLink[]];
  readonly end: TSESTree.CallExpression;
  readonly place: "awaited" | "returned" | "dropped";
  /** The function that it is part of; none at a file's top level. */
  readonly around: FunctionNode | undefined;
}

/**
 * The chain that a call is the end of, where `await` would do as well: it is awaited, returned, or the last thing done. A
 * chain that is stored or handed on runs beside other code; a single `catch` or `finally` is a `try` in one expression.
 */
export function findWaitingChain(end: TSESTree.CallExpression): WaitingChain | undefined {
  const links = getLinks(end);
  const [first, second] = links;
  if (!first || links.some(observes) || (!second && first.method !== "then")) return undefined;
  const around = findFunctionAround(end);
  const place = findPlace(end, around);
  if (!place || (!second && isWholeFunction(end))) return undefined;
  return { links: [first, ...links.slice(1)], end, place, around };
}

function getLinks(node: TSESTree.Expression): ChainLink[] {
  const link = findLink(node);
  return link ? [...getLinks(link.object), link] : [];
}

function findLink(node: TSESTree.Node): ChainLink | undefined {
  if (node.type !== "CallExpression" || node.arguments.length === 0) return undefined;
  const { callee } = node;
  if (callee.type !== "MemberExpression" || callee.optional) return undefined;
  const method = getStaticPropertyName(callee);
  return method && /^(?:then|catch|finally)$/.test(method) ? { method, call: node, object: callee.object } : undefined;
}

/** `then(resolve, reject)` hands both outcomes on, and has no shorter form with `await`. */
function observes({ call }: ChainLink): boolean {
  return call.arguments.length !== 1 || call.arguments[0]?.type === "SpreadElement";
}

function findPlace(end: TSESTree.CallExpression, around: FunctionNode | undefined): WaitingChain["place"] | undefined {
  const { parent } = end;
  if (parent.type === "AwaitExpression") return "awaited";
  if (parent.type === "ReturnStatement" || parent.type === "ArrowFunctionExpression")
    return around ? "returned" : undefined;
  return parent.type === "ExpressionStatement" && hasCode(end) && isLast(parent, around) ? "dropped" : undefined;
}

/** Is it the last thing that an async function, or a file, does? Declarations do nothing by themselves. */
function isLast(statement: TSESTree.ExpressionStatement, around: FunctionNode | undefined): boolean {
  const block = statement.parent;
  if (around ? !around.async || around.body !== block : block.type !== "Program") return false;
  const statements = block.type === "BlockStatement" || block.type === "Program" ? block.body : [];
  const later = statements.slice(statements.indexOf(statement) + 1);
  return later.every(({ type }) => type === "FunctionDeclaration" || type.startsWith("TS"));
}

/** Is a callback written out? Names alone hand the outcome on. */
function hasCode(end: TSESTree.CallExpression): boolean {
  return getLinks(end).some(({ call }) => call.arguments.some(isFunctionExpression));
}

/** `(id) => load(id).then(parse)` says no less than it would with `await`. */
function isWholeFunction({ parent }: TSESTree.CallExpression): boolean {
  return parent.type === "ArrowFunctionExpression" && !parent.async;
}
