import { findTypeAt } from "../type-checker/ask-types.js";
import {
  type Node,
  NodeFlags,
  isIdentifier,
  isNoSubstitutionTemplateLiteral,
  isPropertyAccessExpression,
  isShorthandPropertyAssignment,
  isStringLiteral,
  isVariableDeclaration,
} from "../type-checker/ast.js";
import { skipWrappers } from "../type-checker/skip-wrappers.js";
import { type CheckerSymbol, type Project, SymbolFlags } from "../type-checker/types.js";
import { getConstituents } from "./promise.js";

/** What an expression stands for: the value behind names of constants, also imported ones, casts and parentheses. */
export function findConstantValue(expression: Node, project: Project): Node {
  const met = new Set<Node>();
  let value = skipWrappers(expression);
  while (!met.has(value)) {
    met.add(value);
    const declaration = findDeclaration(value, project);
    if (!declaration || !isConstant(declaration)) return value;
    value = skipWrappers(declaration.initializer);
  }
  return value;
}

/** The declaration behind a name or property, in whatever file it stands: of a variable, a function, a method. */
export function findDeclaration(name: Node, project: Project): Node | undefined {
  const symbol = findSymbol(name, project);
  const declared = symbol && symbol.flags & SymbolFlags.Alias ? project.checker.getAliasedSymbol(symbol) : symbol;
  return declared?.valueDeclaration?.resolve(project);
}

/** The text that an expression is known to be, without running it. */
export function findText(expression: Node, project: Project): string | undefined {
  const texts = findTexts(expression, project);
  return texts.length === 1 ? texts[0] : undefined;
}

/** The texts of which the expression is known to be one; none where it may be another. */
export function findTexts(expression: Node, project: Project): string[] {
  const value = skipWrappers(expression);
  if (isStringLiteral(value) || isNoSubstitutionTemplateLiteral(value)) return [value.text];
  const type = findTypeAt(expression, project);
  const members = type ? getConstituents(type) : [];
  const texts = members.flatMap((member) => (member.isStringLiteralType() ? member.value : []));
  return texts.length === members.length ? texts : [];
}

function findSymbol(name: Node, { checker }: Project): CheckerSymbol | undefined {
  if (isShorthandPropertyAssignment(name)) return checker.getShorthandAssignmentValueSymbol(name);
  if (isPropertyAccessExpression(name)) return checker.getSymbolAtLocation(name.name);
  return isIdentifier(name) ? checker.getSymbolAtLocation(name) : undefined;
}

function isConstant(declaration: Node): declaration is Node & { readonly initializer: Node } {
  if (!isVariableDeclaration(declaration) || !declaration.initializer) return false;
  return isIdentifier(declaration.name) && (declaration.parent.flags & NodeFlags.Const) !== 0;
}
