import {
  type Node,
  SyntaxKind,
  isArrayLiteralExpression,
  isAwaitExpression,
  isBinaryExpression,
  isBindingElement,
  isDeleteExpression,
  isElementAccessExpression,
  isIdentifier,
  isNewExpression,
  isObjectLiteralExpression,
  isParameterDeclaration,
  isPostfixUnaryExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isVariableDeclaration,
  isYieldExpression,
} from "../type-checker/ast.js";
import { skipWrappers } from "../type-checker/skip-wrappers.js";
import type { Unit } from "./unit.js";

/** Does the code assign to what it did not make itself: a field, a variable outside of it, a part of what it was given? */
export function writesShared(unit: Unit): boolean {
  const own = findOwn(unit.node);
  return contains(unit.node, (node) => {
    const target = findTarget(node);
    return target !== undefined && !isOwn(target, own, unit);
  });
}

/** Does an expression assign or wait before it has its value? */
export function assignsOrWaits(expression: Node): boolean {
  return contains(
    expression,
    (node) => findTarget(node) !== undefined || isAwaitExpression(node) || isYieldExpression(node),
  );
}

/** Is it a value that the code makes itself, or a variable of its own? */
export function isOwnValue(node: Node, { node: within }: Unit): boolean {
  return isIdentifier(node) && findOwn(within).get(node.text) === "made";
}

function findTarget(node: Node): Node | undefined {
  if (isDeleteExpression(node)) return skipWrappers(node.expression);
  if (isBinaryExpression(node)) return assigns.test(node.operatorToken.getText()) ? skipWrappers(node.left) : undefined;
  if (isPostfixUnaryExpression(node)) return skipWrappers(node.operand);
  const isCount = isPrefixUnaryExpression(node) && counts.has(node.operator);
  return isCount ? skipWrappers(node.operand) : undefined;
}

const assigns = /^(?:[-+*/%&|^]|\*\*|<<|>>>?|&&|\|\||\?\?)?=$/;
const counts: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.PlusPlusToken, SyntaxKind.MinusMinusToken]);

/** What is constructed writes its own fields. */
function isOwn(target: Node, own: ReadonlyMap<string, "made" | "named">, { kind }: Unit): boolean {
  if (isIdentifier(target)) return own.has(target.text);
  const root = getRoot(target);
  if (root.kind === SyntaxKind.ThisKeyword) return kind === "construction";
  return isIdentifier(root) && own.get(root.text) === "made";
}

function getRoot(node: Node): Node {
  const inner = skipWrappers(node);
  const isMember = isPropertyAccessExpression(inner) || isElementAccessExpression(inner);
  return isMember ? getRoot(inner.expression) : inner;
}

/** The names that the code declares, and whether they stand for a value that it makes. */
function findOwn(within: Node): ReadonlyMap<string, "made" | "named"> {
  const own = new Map<string, "made" | "named">();
  contains(within, (node) => {
    const isName = isVariableDeclaration(node) || isParameterDeclaration(node) || isBindingElement(node);
    if (!isName || !node.name || !isIdentifier(node.name)) return false;
    const made = isVariableDeclaration(node) && node.initializer && isMade(skipWrappers(node.initializer));
    own.set(node.name.text, made ? "made" : "named");
    return false;
  });
  return own;
}

function isMade(node: Node): boolean {
  return isArrayLiteralExpression(node) || isNewExpression(node) || isObjectLiteralExpression(node);
}

function contains(node: Node, isWanted: (node: Node) => boolean): boolean {
  return isWanted(node) || node.forEachChild((child) => contains(child, isWanted) || undefined) === true;
}
