import {
  type Node,
  SyntaxKind,
  isClassDeclaration,
  isClassExpression,
  isIdentifier,
  isPropertyAssignment,
  isPropertyDeclaration,
  isVariableDeclaration,
} from "../type-checker/ast.js";

/** The checker's own id of a node, which symbols refer to as well. */
export function getNodeId(node: Node): string {
  return (node as Node & { readonly id: string }).id;
}

/** `readJson`, `Ledger.read`, `new Ledger`, a file's name; `undefined` for a function without a name of its own. */
export function getUnitName(node: Node): string | undefined {
  if (node.kind === SyntaxKind.SourceFile) return node.getSourceFile().fileName.split("/").at(-1);
  if (isClass(node)) return `new ${getOwnName(node) ?? "(class)"}`;
  const name = getOwnName(node) ?? getAssignedName(node);
  const owner = isClass(node.parent) ? getOwnName(node.parent) : undefined;
  return name !== undefined && owner !== undefined ? `${owner}.${name}` : name;
}

function isClass(node: Node): boolean {
  return isClassDeclaration(node) || isClassExpression(node);
}

function getOwnName(node: Node & { name?: Node }): string | undefined {
  return node.name?.getText();
}

function getAssignedName({ parent }: Node): string | undefined {
  if (isPropertyAssignment(parent)) return parent.name.getText();
  if (isPropertyDeclaration(parent)) return `${getOwnName(parent.parent) ?? "(class)"}.${parent.name.getText()}`;
  return isVariableDeclaration(parent) && isIdentifier(parent.name) ? parent.name.text : undefined;
}
