import {
  type Node,
  SyntaxKind,
  isBlock,
  isClassDeclaration,
  isClassExpression,
  isIdentifier,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isReturnStatement,
  isVariableDeclaration,
} from "../type-checker/ast.js";
import { isFunctionWithBody } from "./function-with-body.js";

/** The checker's own id of a node, which symbols refer to as well. */
export function getNodeId(node: Node): string {
  return (node as Node & { readonly id: string }).id;
}

/** `readJson`, `Ledger.read`, `ledger.read` of an object, `new Ledger`, a file's name; `undefined` for a function without a name of its own. */
export function getUnitName(node: Node): string | undefined {
  if (node.kind === SyntaxKind.SourceFile) return node.getSourceFile().fileName.split("/").at(-1);
  if (isClass(node)) return `new ${getOwnName(node) ?? "(class)"}`;
  const holder = isPropertyAssignment(node.parent) || isPropertyDeclaration(node.parent) ? node.parent : node;
  const name = getOwnName(holder) ?? getVariableName(holder);
  const owner = getOwnerName(holder.parent);
  return name !== undefined && owner !== undefined ? `${owner}.${name}` : name;
}

/** The class that a member is of, or what holds the object: `ledger`, `createLedger()`. */
function getOwnerName(owner: Node): string | undefined {
  if (isClass(owner)) return getOwnName(owner) ?? getVariableName(owner);
  if (!isObjectLiteralExpression(owner)) return undefined;
  let made: Node = owner;
  while (isParenthesizedExpression(made.parent) || isReturnStatement(made.parent) || isBlock(made.parent))
    made = made.parent;
  const maker = made === owner || !isFunctionWithBody(made.parent) ? undefined : getUnitName(made.parent);
  return maker === undefined ? getVariableName(owner) : `${maker}()`;
}

function isClass(node: Node): boolean {
  return isClassDeclaration(node) || isClassExpression(node);
}

function getOwnName(node: Node & { name?: Node }): string | undefined {
  return node.name?.getText();
}

/** The variable that a function or an object is written out for. */
function getVariableName({ parent }: Node): string | undefined {
  return parent && isVariableDeclaration(parent) && isIdentifier(parent.name) ? parent.name.text : undefined;
}
