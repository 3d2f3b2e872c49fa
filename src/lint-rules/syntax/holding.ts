import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { getStaticPropertyName } from "./property-name.js";

/** What becomes of a value that a variable of a block holds, as far as the block tells. */
export interface Holding {
  /** Others have it: it is returned, stored, passed on, captured by a function, or the variable gets another value. */
  readonly isHandedOn: boolean;
  /** It is given back whichever way the block is left. */
  readonly isGivenBack: boolean;
  /** The first call that gives it back, which an error before it would skip. */
  readonly release: TSESTree.MemberExpression | undefined;
  /** All that is done with it are statements of their own that are awaited: nothing of it outlives them. */
  readonly isUsedUp: boolean;
}

/** Judges a variable by all its references. */
export function readHolding(variable: TSESLint.Scope.Variable, declaration: TSESTree.VariableDeclaration): Holding {
  const uses = variable.references.filter(({ init }) => !init);
  const nodes = uses.map(({ identifier }) => identifier);
  const releases = nodes.map(findRelease).filter((release) => release !== undefined);
  const [release] = releases;
  return {
    isHandedOn: nodes.some((node) => isHandedOn(node, declaration)),
    isGivenBack:
      nodes.some((node) => isInClause(node, "finalizer")) ||
      (release !== undefined && isNextStatement(release, declaration)) ||
      (releases.some(isInHandler) && !releases.every(isInHandler)),
    release,
    isUsedUp: nodes.every(isAwaitedStatement),
  };
}

type Reference = TSESTree.Identifier | TSESTree.JSXIdentifier;

function isHandedOn(node: Reference, declaration: TSESTree.VariableDeclaration): boolean {
  if (getFunction(node) !== getFunction(declaration)) return true;
  const value = getWrapped(node);
  const { parent } = value;
  if (parent?.type === "MemberExpression" && parent.object === value) return isMemberHandedOn(parent);
  if (parent?.type === "ForOfStatement") return parent.right !== value;
  return parent === undefined || !lookingTypes.has(parent.type);
}

/** `stop(lease.release)` hands on the means to give it back; `lease[name]()` may give it back. */
function isMemberHandedOn(member: TSESTree.MemberExpression): boolean {
  const isCalled = getWrapped(member).parent?.type === "CallExpression" && isCallee(member);
  const name = getStaticPropertyName(member);
  if (name === undefined) return !isDisposeSymbol(member) || !isCalled;
  return releaseNames.test(name) && !isCalled;
}

/** Places where a value is only looked at. */
const lookingTypes: ReadonlySet<string> = new Set([
  "BinaryExpression",
  "ExpressionStatement",
  "IfStatement",
  "UnaryExpression",
  "WhileStatement",
]);

/** `lease.release` of a call of it. */
function findRelease(node: Reference): TSESTree.MemberExpression | undefined {
  const { parent } = getWrapped(node);
  if (parent?.type !== "MemberExpression" || !isCallee(parent)) return undefined;
  return isDisposeSymbol(parent) || releaseNames.test(getStaticPropertyName(parent) ?? "") ? parent : undefined;
}

const releaseNames =
  /^(?:abort|cancel|close|commit|destroy|disconnect|dispose|end|free|kill|move|quit|release|rollback|shutdown|stop|terminate|unlock|unsubscribe)(?![a-z])/;

/** Does the name of a method say that it gives back what it is called on? */
export function isReleaseName(name: string): boolean {
  return releaseNames.test(name);
}

function isDisposeSymbol({ computed, property }: TSESTree.MemberExpression): boolean {
  if (!computed || property.type !== "MemberExpression") return false;
  return /^(?:asyncD|d)ispose$/.test(getStaticPropertyName(property) ?? "");
}

function isCallee(member: TSESTree.MemberExpression): boolean {
  const value = getWrapped(member);
  return value.parent?.type === "CallExpression" && value.parent.callee === value;
}

function isInClause(node: TSESTree.Node, clause: "finalizer" | "handler"): boolean {
  for (let current = node; current.parent; current = current.parent) {
    const { parent } = current;
    if (parent.type === "TryStatement" && parent[clause] === current) return true;
  }
  return false;
}

function isInHandler(node: TSESTree.Node): boolean {
  return isInClause(node, "handler");
}

/** Nothing can fail between the two. */
function isNextStatement(node: TSESTree.Node, declaration: TSESTree.VariableDeclaration): boolean {
  const { parent: block } = declaration;
  if (block.type !== "BlockStatement" || declaration.declarations.length > 1) return false;
  const next = block.body[block.body.indexOf(declaration) + 1];
  if (next?.type !== "ExpressionStatement") return false;
  return next.range[0] <= node.range[0] && node.range[1] <= next.range[1];
}

function isAwaitedStatement(node: TSESTree.Node): boolean {
  let current = getWrapped(node);
  while (current.parent && isLinkOfChain(current.parent, current)) current = getWrapped(current.parent);
  const { parent } = current;
  return parent?.type === "AwaitExpression" && parent.parent.type === "ExpressionStatement";
}

function isLinkOfChain(parent: TSESTree.Node, node: TSESTree.Node): boolean {
  if (parent.type === "MemberExpression") return parent.object === node;
  return parent.type === "CallExpression" && parent.callee === node;
}

/** The outermost expression that stands for the same value: with its casts, `!` and the mark of its chain. */
function getWrapped(node: TSESTree.Node): TSESTree.Node {
  let outer = node;
  while (outer.parent && wrapperTypes.has(outer.parent.type)) outer = outer.parent;
  return outer;
}

const wrapperTypes: ReadonlySet<string> = new Set([
  "ChainExpression",
  "TSAsExpression",
  "TSNonNullExpression",
  "TSSatisfiesExpression",
  "TSTypeAssertion",
]);

function getFunction(node: TSESTree.Node): TSESTree.Node | undefined {
  for (let current = node.parent; current; current = current.parent) {
    if (/Function|StaticBlock|PropertyDefinition/.test(current.type)) return current;
  }
  return undefined;
}
