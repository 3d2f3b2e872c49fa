import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { skipWrappers } from "./skip-wrappers.js";
import { isNeverRead } from "./unread-store.js";

/** An expression whose value nobody gets. */
export interface Dropped {
  readonly expression: TSESTree.Expression;
  /** Is it a statement by itself, and not a part of a literal or what a variable is given? */
  readonly isStatement: boolean;
  /** What gives it to a variable that nobody reads. */
  readonly store?: TSESTree.AssignmentExpression | TSESTree.VariableDeclarator;
}

/** What a statement or a variable drops, without values that by their form are no promise. */
export function findDropped(node: TSESTree.Node, sourceCode: Readonly<TSESLint.SourceCode>): Dropped[] {
  if (node.type === "VariableDeclarator") return node.init ? findUnused(node, node.id, node.init, sourceCode) : [];
  if (node.type !== "ExpressionStatement") return [];
  const { expression } = node;
  if (expression.type === "AssignmentExpression")
    return expression.operator === "=" ? findUnused(expression, expression.left, expression.right, sourceCode) : [];
  const parts = findParts(expression).map((part): Dropped => ({ expression: part, isStatement: false }));
  return mayFloat(expression) ? [{ expression, isStatement: true }, ...parts] : parts;
}

function findUnused(
  store: NonNullable<Dropped["store"]>,
  name: TSESTree.Node,
  expression: TSESTree.Expression,
  sourceCode: Readonly<TSESLint.SourceCode>,
): Dropped[] {
  if (!mayFloat(expression) || isNamed(expression)) return [];
  const isUnused = name.type === "Identifier" && isNeverRead(name, sourceCode);
  return isUnused ? [{ expression, isStatement: false, store }] : [];
}

/** What has a name is there under that name still. */
function isNamed(expression: TSESTree.Expression): boolean {
  const { type } = skipWrappers(expression);
  return type === "Identifier" || type === "MemberExpression";
}

/** The values in an object literal, and those of literals in it. What is directly in an array is found by its type. */
function findParts(literal: TSESTree.Node): TSESTree.Expression[] {
  const values = literal.type === "ArrayExpression" ? literal.elements : getPropertyValues(literal);
  return values.flatMap((value) => {
    if (!value || value.type === "SpreadElement") return [];
    const isLiteral = value.type === "ArrayExpression" || value.type === "ObjectExpression";
    const isFound = literal.type === "ArrayExpression" ? value.type === "ArrayExpression" : mayFloat(value);
    return [...(isFound ? [value] : []), ...(isLiteral ? findParts(value) : [])];
  });
}

function getPropertyValues(literal: TSESTree.Node): TSESTree.Expression[] {
  if (literal.type !== "ObjectExpression") return [];
  return literal.properties.flatMap((property) =>
    property.type === "Property" ? [property.value as TSESTree.Expression] : [],
  );
}

/** An object, a function and the like are no promise, and an assignment has handed it on. */
function mayFloat({ type }: TSESTree.Expression): boolean {
  return !solid.has(type);
}

const solid: ReadonlySet<string> = new Set([
  "ArrowFunctionExpression",
  "AssignmentExpression",
  "FunctionExpression",
  "Literal",
  "ObjectExpression",
  "UpdateExpression",
]);
