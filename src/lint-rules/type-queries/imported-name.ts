import {
  type Node,
  isBindingElement,
  isCallExpression,
  isElementAccessExpression,
  isIdentifier,
  isImportClause,
  isImportDeclaration,
  isImportSpecifier,
  isNamespaceImport,
  isPropertyAccessExpression,
  isStringLiteral,
  isVariableDeclaration,
} from "../type-checker/ast.js";
import type { Project } from "../type-checker/types.js";
import type { DeclaredName } from "./declared-name.js";

/**
 * What an expression without a usable type was imported as: for modules that nothing describes (no `@types/node`), and
 * for `require`. It follows imports, `const` aliases and destructuring within the file.
 */
export function findImportedName(expression: Node, project: Project): DeclaredName | undefined {
  if (isPropertyAccessExpression(expression)) return findMember(expression.expression, expression.name.text, project);
  if (isElementAccessExpression(expression)) {
    const { argumentExpression } = expression;
    return isStringLiteral(argumentExpression)
      ? findMember(expression.expression, argumentExpression.text, project)
      : undefined;
  }
  if (isCallExpression(expression)) return findRequired(expression.expression, expression.arguments[0]);
  if (!isIdentifier(expression)) return undefined;
  const symbol = project.checker.getSymbolAtLocation(expression);
  const declaration = symbol?.declarations[0]?.resolve(project);
  return declaration && findDeclared(declaration, project);
}

function findDeclared(declaration: Node, project: Project): DeclaredName | undefined {
  if (isImportSpecifier(declaration)) {
    return toName(findModuleSpecifier(declaration), (declaration.propertyName ?? declaration.name).text);
  }
  if (isNamespaceImport(declaration) || isImportClause(declaration))
    return toName(findModuleSpecifier(declaration), "");
  if (isVariableDeclaration(declaration)) {
    return declaration.initializer && findImportedName(declaration.initializer, project);
  }
  if (!isBindingElement(declaration)) return undefined;
  const { parent: pattern, propertyName, name } = declaration;
  const key = propertyName ?? name;
  if (!key || !isIdentifier(key) || !isVariableDeclaration(pattern.parent) || !pattern.parent.initializer)
    return undefined;
  return findMember(pattern.parent.initializer, key.text, project);
}

function findMember(object: Node, name: string, project: Project): DeclaredName | undefined {
  const owner = findImportedName(object, project);
  return owner && { ...owner, container: undefined, name: name === "default" ? "" : name };
}

function findModuleSpecifier(node: Node): Node | undefined {
  let current = node;
  while (!isImportDeclaration(current)) {
    if (!current.parent) return undefined;
    current = current.parent;
  }
  return current.moduleSpecifier;
}

/** `require("node:fs")`, also by the function that `createRequire` returns: it is commonly given that name. */
function findRequired(callee: Node, specifier: Node | undefined): DeclaredName | undefined {
  const isRequire = isIdentifier(callee) ? /require$/i.test(callee.text) : /\bcreateRequire\(/.test(callee.getText());
  return isRequire ? toName(specifier, "") : undefined;
}

function toName(specifier: Node | undefined, name: string): DeclaredName | undefined {
  if (!specifier || !isStringLiteral(specifier)) return undefined;
  const [first = "", second = ""] = specifier.text.replace(/^node:/, "").split("/");
  return { module: first.startsWith("@") ? `${first}/${second}` : first, container: undefined, name };
}
