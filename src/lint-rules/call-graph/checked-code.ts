import {
  type IfStatement,
  type Node,
  SyntaxKind,
  isArrowFunction,
  isAsExpression,
  isAwaitExpression,
  isBinaryExpression,
  isBlock,
  isCallExpression,
  isCaseClause,
  isDefaultClause,
  isExpressionStatement,
  isIdentifier,
  isIfStatement,
  isNonNullExpression,
  isObjectBindingPattern,
  isParenthesizedExpression,
  isPrefixUnaryExpression,
  isPropertyAccessExpression,
  isReturnStatement,
  isSatisfiesExpression,
  isThrowStatement,
  isVariableDeclaration,
} from "../type-checker/ast.js";

/** A piece of a file's text: from, up to. */
export type Span = readonly [number, number];

/**
 * The code that runs only once a check has succeeded, for a call that gives a Result: what follows
 * `if (!ready.success) return ready;` in its block, the branch of `ready.success`, a function given to `andThen`. A
 * Result that is dropped checks nothing, unless the call throws instead.
 */
export function findCheckedCode(call: Node, mayThrow: boolean): Span[] {
  let value = call;
  while (isWrapper(value.parent)) value = value.parent;
  if (isExpressionStatement(value.parent)) return mayThrow ? [restOfBlock(value)] : [];
  const names = findNames(value);
  if (names.length === 0) return findDecided(value);
  const use = findFirstUse(names, value.end, findBlock(value));
  return use ? findDecided(use) : [];
}

function isWrapper(node: Node): boolean {
  return (
    isParenthesizedExpression(node) ||
    isAwaitExpression(node) ||
    isAsExpression(node) ||
    isNonNullExpression(node) ||
    isSatisfiesExpression(node)
  );
}

/** The variables that hold the Result, or parts of it. */
function findNames({ parent }: Node): string[] {
  if (isBinaryExpression(parent) && parent.operatorToken.kind === SyntaxKind.EqualsToken)
    return isIdentifier(parent.left) ? [parent.left.text] : [];
  if (!isVariableDeclaration(parent)) return [];
  const { name } = parent;
  const names = isObjectBindingPattern(name) ? name.elements.map((element) => element.name) : [name];
  return names.flatMap((candidate) => (candidate && isIdentifier(candidate) ? [candidate.text] : []));
}

function findFirstUse(names: readonly string[], from: number, within: Node): Node | undefined {
  if (within.end <= from) return undefined;
  if (isIdentifier(within) && names.includes(within.text)) return isMemberName(within) ? undefined : within;
  return within.forEachChild((child) => findFirstUse(names, from, child));
}

function isMemberName(node: Node): boolean {
  return isPropertyAccessExpression(node.parent) && node.parent.name === node;
}

/** What the outcome decides about, seen from the place where it is looked at. Other than by `if`, it is taken to decide. */
function findDecided(use: Node): Span[] {
  let tellsSuccess = true;
  let isOneOfSeveral = false;
  let node = use;
  for (; isPartOfCondition(node); node = node.parent) {
    const { parent } = node;
    if (tellsFailure(parent)) tellsSuccess = false;
    else if (isNegation(parent)) tellsSuccess = !tellsSuccess;
    else if (isBinaryExpression(parent) && parent.operatorToken.kind === getJoin(tellsSuccess)) isOneOfSeveral = true;
  }
  const { parent } = node;
  if (!isIfStatement(parent) || parent.expression !== node) return [restOfBlock(use)];
  if (isOneOfSeveral) return [];
  return tellsSuccess ? findAfterSuccess(parent, use) : findAfterFailure(parent, use);
}

/** `if (ready.success) { … } else return ready;` */
function findAfterSuccess(statement: IfStatement, use: Node): Span[] {
  const { thenStatement, elseStatement } = statement;
  const checked: Span = [use.end, thenStatement.end];
  return elseStatement && leaves(elseStatement) ? [checked, restOfBlock(statement)] : [checked];
}

/** `if (!ready.success) return ready;` */
function findAfterFailure(statement: IfStatement, use: Node): Span[] {
  const { expression, thenStatement, elseStatement } = statement;
  const checked: Span[] = [[use.end, expression.end]];
  if (elseStatement) checked.push([elseStatement.pos, elseStatement.end]);
  return leaves(thenStatement) ? [...checked, restOfBlock(statement)] : checked;
}

function isPartOfCondition({ parent }: Node): boolean {
  return (
    isWrapper(parent) ||
    isPropertyAccessExpression(parent) ||
    isPrefixUnaryExpression(parent) ||
    isBinaryExpression(parent) ||
    isCallExpression(parent)
  );
}

/** `isFailure(ready)`, `ready.error`, `"error" in ready`. */
function tellsFailure(node: Node): boolean {
  if (isCallExpression(node)) return /fail|err/i.test(node.expression.getText());
  if (isPropertyAccessExpression(node)) return node.name.text === "error";
  return (
    isBinaryExpression(node) && node.operatorToken.kind === SyntaxKind.InKeyword && /error/.test(node.left.getText())
  );
}

/** `!ready.success`, `ready.success === false`, `ready.success !== true`. */
function isNegation(node: Node): boolean {
  if (isPrefixUnaryExpression(node)) return node.operator === SyntaxKind.ExclamationToken;
  if (!isBinaryExpression(node)) return false;
  const operator = node.operatorToken.kind;
  if (node.right.kind === SyntaxKind.FalseKeyword) return equals.has(operator);
  return node.right.kind === SyntaxKind.TrueKeyword && differs.has(operator);
}

const equals: ReadonlySet<SyntaxKind> = new Set([SyntaxKind.EqualsEqualsEqualsToken, SyntaxKind.EqualsEqualsToken]);
const differs: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.ExclamationEqualsEqualsToken,
  SyntaxKind.ExclamationEqualsToken,
]);

/** What makes another condition share in the decision: `ready.success || …`, `!ready.success && …`. */
function getJoin(tellsSuccess: boolean): SyntaxKind {
  return tellsSuccess ? SyntaxKind.BarBarToken : SyntaxKind.AmpersandAmpersandToken;
}

function leaves(statement: Node): boolean {
  if (isBlock(statement)) return statement.statements.some(leaves);
  if (isIfStatement(statement)) {
    const { thenStatement, elseStatement } = statement;
    return elseStatement !== undefined && leaves(thenStatement) && leaves(elseStatement);
  }
  return (
    isReturnStatement(statement) ||
    isThrowStatement(statement) ||
    statement.kind === SyntaxKind.BreakStatement ||
    statement.kind === SyntaxKind.ContinueStatement
  );
}

function restOfBlock(node: Node): Span {
  return [node.end, findBlock(node).end];
}

function findBlock(node: Node): Node {
  let block = node.parent;
  while (!(isBlock(block) || isCaseClause(block) || isDefaultClause(block) || isArrowFunction(block)) && block.parent)
    block = block.parent;
  return block;
}
