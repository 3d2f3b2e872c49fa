import type { TSESTree } from "@typescript-eslint/utils";
import { getStaticPropertyName } from "./property-name.js";

/** What a chain begins with: `load()` of `load().then(use).catch(warn)`, without casts. */
export function getChainStart(expression: TSESTree.Expression): TSESTree.Expression {
  const inner = skipCasts(expression);
  const object = findChained(inner);
  return object ? getChainStart(object) : inner;
}

/** The whole chain that an expression begins. */
export function getChainEnd(node: TSESTree.Node): TSESTree.Node {
  const { parent } = node;
  if (!parent) return node;
  if (isCast(parent)) return getChainEnd(parent);
  const isObject = parent.type === "MemberExpression" && parent.object === node;
  return isObject && findChained(parent.parent) ? getChainEnd(parent.parent) : node;
}

/** Does code follow in the chain, by `then`? `catch` and `finally` only look at the end. */
export function hasContinuation(expression: TSESTree.Expression): boolean {
  const inner = skipCasts(expression);
  const object = findChained(inner);
  if (!object || inner.type !== "CallExpression" || inner.callee.type !== "MemberExpression") return false;
  return getStaticPropertyName(inner.callee) === "then" || hasContinuation(object);
}

function findChained(node: TSESTree.Node): TSESTree.Expression | undefined {
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return undefined;
  return chained.has(getStaticPropertyName(node.callee) ?? "") ? node.callee.object : undefined;
}

/** They give the same work, or the same timer, on. */
const chained: ReadonlySet<string> = new Set(["catch", "finally", "ref", "then", "unref"]);

function skipCasts(expression: TSESTree.Expression): TSESTree.Expression {
  return isCast(expression) ? skipCasts(expression.expression) : expression;
}

type Cast =
  | TSESTree.ChainExpression
  | TSESTree.TSAsExpression
  | TSESTree.TSNonNullExpression
  | TSESTree.TSSatisfiesExpression
  | TSESTree.TSTypeAssertion;

function isCast(node: TSESTree.Node): node is Cast {
  return casts.has(node.type);
}

const casts: ReadonlySet<string> = new Set([
  "ChainExpression",
  "TSAsExpression",
  "TSNonNullExpression",
  "TSSatisfiesExpression",
  "TSTypeAssertion",
]);
