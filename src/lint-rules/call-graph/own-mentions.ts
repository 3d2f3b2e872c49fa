import {
  type Node,
  SyntaxKind,
  isArrowFunction,
  isAsExpression,
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isClassDeclaration,
  isClassExpression,
  isConditionalExpression,
  isElementAccessExpression,
  isIdentifier,
  isIfStatement,
  isObjectBindingPattern,
  isParenthesizedExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isSatisfiesExpression,
  isStringLiteral,
  isVariableDeclaration,
} from "../type-checker/ast.js";
import { isKeptBy } from "./callbacks.js";
import { isFunctionWithBody } from "./function-with-body.js";

/** A place where code names a member of its own object: `this.#rates`, `this["rates"]`, `const { rates } = this`. */
export interface Mention {
  /** With its `#` if it has one. */
  readonly name: string;
  readonly node: Node;
  readonly isOfSuper: boolean;
  /** `test` only asks whether there is a value: `if (this.#rates)`, `this.#rates?.length`. */
  readonly role: "read" | "test" | "write";
  /** The end of what the mention is part of: from there on a write or a test has had its effect. */
  readonly end: number;
  /** Does it stand in a callback that is kept for later? */
  readonly isLater: boolean;
}

/** What the code of a member says of its own object, in the order of the text. Functions with another `this` are left out. */
export function collectMentions(member: Node): Mention[] {
  const mentions: Mention[] = [];
  member.forEachChild((child) => visit(child, false));
  return mentions;

  function visit(node: Node, isLater: boolean): void {
    if (node.kind === SyntaxKind.Decorator || hasOtherThis(node)) return;
    mentions.push(...readMentions(node, isLater));
    const isKept = isLater || isKeptCallback(node);
    node.forEachChild((child) => visit(child, isKept));
  }
}

function hasOtherThis(node: Node): boolean {
  if (isClassDeclaration(node) || isClassExpression(node)) return true;
  return isFunctionWithBody(node) && !isArrowFunction(node);
}

/** `context.subscribe("…", () => …)` runs its callback when the method is long done. */
function isKeptCallback(node: Node): boolean {
  const { parent } = node;
  if (!isArrowFunction(node) || !isCallExpression(parent) || parent.expression === node) return false;
  const callee = parent.expression;
  const name = isPropertyAccessExpression(callee) ? callee.name.text : isIdentifier(callee) ? callee.text : "";
  return isKeptBy(name);
}

function readMentions(node: Node, isLater: boolean): Mention[] {
  const owner =
    isPropertyAccessExpression(node) || isElementAccessExpression(node) ? skipCasts(node.expression) : undefined;
  const isOfSuper = owner?.kind === SyntaxKind.SuperKeyword;
  if (isOfSuper || owner?.kind === SyntaxKind.ThisKeyword) {
    const name = findMemberName(node);
    const written = findWrite(node);
    const role = written ? "write" : isTest(node) ? "test" : "read";
    return name === undefined ? [] : [{ name, node, isOfSuper, role, isLater, end: (written ?? node).end }];
  }
  if (!isObjectBindingPattern(node) || !isVariableDeclaration(node.parent)) return [];
  if (node.parent.initializer?.kind !== SyntaxKind.ThisKeyword) return [];
  return node.elements.flatMap((element) => {
    const key = isBindingElement(element) ? (element.propertyName ?? element.name) : undefined;
    if (!key || !isIdentifier(key)) return [];
    return [{ name: key.text, node: element, isOfSuper: false, role: "read", isLater, end: element.end } as const];
  });
}

function findMemberName(node: Node): string | undefined {
  if (isPropertyAccessExpression(node)) return node.name.text;
  return isElementAccessExpression(node) && isStringLiteral(node.argumentExpression)
    ? node.argumentExpression.text
    : undefined;
}

/** The assignment that gives the member a value, also by destructuring. One that computes with it (`+=`) reads it. */
function findWrite(node: Node): Node | undefined {
  let target = node;
  while (patterns.has(target.parent.kind)) target = target.parent;
  const { parent } = target;
  if (!isBinaryExpression(parent) || parent.left !== target) return undefined;
  const operator = parent.operatorToken.kind;
  if (operator === SyntaxKind.EqualsToken) return parent;
  const fills = operator === SyntaxKind.QuestionQuestionEqualsToken || operator === SyntaxKind.BarBarEqualsToken;
  return fills && target === node ? parent : undefined;
}

const patterns: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ArrayLiteralExpression,
  SyntaxKind.ObjectLiteralExpression,
  SyntaxKind.ParenthesizedExpression,
  SyntaxKind.PropertyAssignment,
  SyntaxKind.SpreadAssignment,
  SyntaxKind.SpreadElement,
]);

function isTest(node: Node): boolean {
  const { parent } = node;
  if (isParenthesizedExpression(parent) || isAsExpression(parent) || isSatisfiesExpression(parent))
    return isTest(parent);
  if (isPrefixUnaryExpression(parent)) return parent.operator === SyntaxKind.ExclamationToken;
  if (isIfStatement(parent)) return parent.expression === node;
  if (isConditionalExpression(parent)) return parent.condition === node;
  if (isPropertyAccessExpression(parent) || isElementAccessExpression(parent) || isCallExpression(parent))
    return parent.expression === node && parent.questionDotToken !== undefined;
  if (!isBinaryExpression(parent)) return false;
  const operator = parent.operatorToken.kind;
  if (equality.has(operator)) return isNothing(parent.left) || isNothing(parent.right);
  if (!logical.has(operator)) return false;
  return parent.left === node || isTest(parent);
}

const equality: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.EqualsEqualsEqualsToken,
  SyntaxKind.EqualsEqualsToken,
  SyntaxKind.ExclamationEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
]);

const logical: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.AmpersandAmpersandToken,
  SyntaxKind.BarBarToken,
  SyntaxKind.QuestionQuestionToken,
]);

function isNothing(node: Node): boolean {
  return node.kind === SyntaxKind.NullKeyword || (isIdentifier(node) && node.text === "undefined");
}

function skipCasts(node: Node): Node {
  return isParenthesizedExpression(node) || isAsExpression(node) ? skipCasts(node.expression) : node;
}
