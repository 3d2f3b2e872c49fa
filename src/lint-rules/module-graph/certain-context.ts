import { moduleContexts, moduleHooks, runtimePackage } from "../runtime-vocabulary.js";
import {
  type CallExpression,
  type Node,
  type SourceFile,
  isArrowFunction,
  isBindingElement,
  isCallExpression,
  isConstructorDeclaration,
  isFunctionDeclaration,
  isFunctionExpression,
  isIdentifier,
  isImportDeclaration,
  isMethodDeclaration,
  isNamedImports,
  isObjectLiteralExpression,
  isPropertyAccessExpression,
  isPropertyAssignment,
  isStringLiteral,
  isTypeReferenceNode,
  isVariableDeclaration,
} from "../type-checker/ast.js";
import type { Project } from "../type-checker/types.js";
import { findDefineModuleCalls } from "../type-queries/module-definition.js";

/**
 * Tells, without a question to the checker, of calls `context.name(…)` whose `context` surely is a module's: the parameter of a
 * hook that stands in a definition, or one whose type is imported from the runtime. Most are such; of the others it says
 * nothing.
 */
export function createCertainty(sourceFile: SourceFile, project: Project): (call: CallExpression) => boolean {
  const contextTypes = readContextTypes(sourceFile);
  const definitions = new Set<Node>(findDefineModuleCalls(sourceFile, project));
  const otherNames = collectOtherNames(sourceFile);
  return ({ expression: callee }) => {
    if (!isPropertyAccessExpression(callee) || !isIdentifier(callee.expression)) return false;
    const name = callee.expression.text;
    const bound = otherNames.has(name) ? undefined : findParameter(callee, name);
    if (!bound) return false;
    if (!bound.type) return bound.isFirst && isHook(bound.owner, definitions);
    return isTypeReferenceNode(bound.type) && contextTypes.has(bound.type.typeName.getText());
  };
}

/** The types of contexts, by the names that the file imports them under. */
function readContextTypes({ statements }: SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  for (const statement of statements) {
    if (!isImportDeclaration(statement) || !isStringLiteral(statement.moduleSpecifier)) continue;
    const bindings = statement.importClause?.namedBindings;
    if (statement.moduleSpecifier.text !== runtimePackage || !bindings || !isNamedImports(bindings)) continue;
    for (const { name, propertyName } of bindings.elements)
      if (moduleContexts.some((context) => context === (propertyName ?? name).text)) names.add(name.text);
  }
  return names;
}

/** The names that the file gives to anything but parameters: they may hide a parameter. */
function collectOtherNames(sourceFile: SourceFile): ReadonlySet<string> {
  const names = new Set<string>();
  visit(sourceFile);
  return names;

  function visit(node: Node): void {
    const isOther = isVariableDeclaration(node) || isBindingElement(node) || isFunctionDeclaration(node);
    if (isOther && node.name && isIdentifier(node.name)) names.add(node.name.text);
    node.forEachChild(visit);
  }
}

interface BoundParameter {
  readonly owner: Node;
  readonly isFirst: boolean;
  readonly type: Node | undefined;
}

/** The parameter of this name of the nearest function around. */
function findParameter(from: Node, name: string): BoundParameter | undefined {
  for (let node: Node | undefined = from; node; node = node.parent) {
    if (!isFunction(node)) continue;
    const index = node.parameters.findIndex(
      (parameter) => isIdentifier(parameter.name) && parameter.name.text === name,
    );
    if (index >= 0) return { owner: node, isFirst: index === 0, type: node.parameters[index]!.type };
  }
  return undefined;
}

function isFunction(node: Node) {
  const isExpression = isArrowFunction(node) || isFunctionExpression(node) || isFunctionDeclaration(node);
  return isExpression || isMethodDeclaration(node) || isConstructorDeclaration(node);
}

/** `initialize(context) {…}` or `initialize: async (context) => …` of an object that `defineModule` is given. */
function isHook(owner: Node, definitions: ReadonlySet<Node>): boolean {
  const property = isMethodDeclaration(owner) ? owner : owner.parent;
  const isNamed = isMethodDeclaration(property) || isPropertyAssignment(property);
  if (!isNamed || !moduleHooks.some((hook) => hook === property.name.getText())) return false;
  const object = property.parent;
  if (!isObjectLiteralExpression(object)) return false;
  const { parent: call } = object;
  return isCallExpression(call) && definitions.has(call) && call.arguments[0] === object;
}
