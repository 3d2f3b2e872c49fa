import { findTypeAt } from "../type-checker/ask-types.js";
import {
  NodeFlags,
  type Node,
  isBindingElement,
  isElementAccessExpression,
  isIdentifier,
  isObjectBindingPattern,
  isPropertyAccessExpression,
  isVariableDeclaration,
} from "../type-checker/ast.js";
import { rememberById } from "../type-checker/remember.js";
import { type CheckerSymbol, type Project, SymbolFlags } from "../type-checker/types.js";
import { isInWorkspace } from "./node-handle.js";

/**
 * What a constant of the workspace is only another name for: `const look = fs.statSync`, `const { statSync: look } = fs`.
 * Most functions are known by their type, whatever they are called; some are declared as constants of a type without name.
 */
export const findNamedOutside = rememberById((symbol: CheckerSymbol, project): CheckerSymbol | undefined => {
  const node = symbol.valueDeclaration?.resolve(project);
  const named = node && findNamed(node, project);
  const declared = named && skipAlias(named, project);
  const declaration = declared?.declarations[0];
  if (!declared || !declaration || declared.id === symbol.id) return undefined;
  return isInWorkspace(declaration) ? findNamedOutside(declared, project) : declared;
});

function findNamed(node: Node, project: Project): CheckerSymbol | undefined {
  if (isVariableDeclaration(node)) {
    const { initializer, parent } = node;
    if (!initializer || !(parent.flags & NodeFlags.Const) || !isName(initializer)) return undefined;
    return project.checker.getSymbolAtLocation(getNameNode(initializer));
  }
  if (!isBindingElement(node) || !isObjectBindingPattern(node.parent)) return undefined;
  const { initializer } = node.parent.parent as Node & { readonly initializer?: Node };
  const key = node.propertyName ?? node.name;
  const type = initializer && findTypeAt(initializer, project);
  return type && key && isIdentifier(key) ? project.checker.getPropertyOfType(type, key.text) : undefined;
}

function isName(node: Node): boolean {
  return isIdentifier(node) || isPropertyAccessExpression(node) || isElementAccessExpression(node);
}

/** The node that a name, or the last part of one, is asked by. */
export function getNameNode(node: Node): Node {
  if (isPropertyAccessExpression(node)) return node.name;
  return isElementAccessExpression(node) ? node.argumentExpression : node;
}

/** What an imported name stands for. */
export function skipAlias(symbol: CheckerSymbol, project: Project): CheckerSymbol {
  return symbol.flags & SymbolFlags.Alias ? getAliased(symbol, project) : symbol;
}

const getAliased = rememberById((symbol: CheckerSymbol, project) => project.checker.getAliasedSymbol(symbol));
