import {
  type ClassDeclaration,
  type ClassExpression,
  type Node,
  type SourceFile,
  SyntaxKind,
  hasModifier,
  isBinaryExpression,
  isCallExpression,
  isClassDeclaration,
  isClassExpression,
  isClassStaticBlockDeclaration,
  isConstructorDeclaration,
  isElementAccessExpression,
  isIdentifier,
  isNewExpression,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isStringLiteral,
  isTaggedTemplateExpression,
  isTypeNode,
} from "../type-checker/ast.js";
import { skipWrappers } from "../type-checker/skip-wrappers.js";
import { type FunctionWithBody, isFunctionWithBody } from "./function-with-body.js";
import { type Argument, type Call, type Unit, noTarget } from "./unit.js";
import { getNodeId, getUnitName } from "./unit-name.js";

/** All units of a file with the calls they make, by syntax alone: what is called is not known yet. */
export function collectUnits(sourceFile: SourceFile): Unit[] {
  const units: Unit[] = [];
  visitChildren(sourceFile, addUnit(sourceFile, "top level", undefined));
  return units;

  function addUnit(node: Node, kind: Unit["kind"], enclosing: Unit | undefined, handedTo?: Call): Unit {
    const unit: Unit = {
      id: getNodeId(node),
      node,
      kind,
      name: getUnitName(node),
      isAsync: isAsync(node),
      isGenerator: isFunctionWithBody(node) && "asteriskToken" in node && node.asteriskToken !== undefined,
      enclosing,
      handedTo,
      parameterNames: isFunctionWithBody(node)
        ? node.parameters.map(({ name }) => (isIdentifier(name) ? name.text : undefined))
        : [],
      calledParameters: new Set(),
      calls: [],
    };
    units.push(unit);
    return unit;
  }

  function visitChildren(node: Node, unit: Unit): void {
    node.forEachChild((child) => visit(child, unit));
  }

  function visit(node: Node, unit: Unit): void {
    if (isFunctionWithBody(node)) return visitChildren(node, addUnit(node, getKind(node), unit));
    if (isClassDeclaration(node) || isClassExpression(node)) return visitClass(node, unit);
    if (isTypeNode(node)) return;
    if (isCallExpression(node) || isNewExpression(node)) return visitCall(node, unit);
    if (isTaggedTemplateExpression(node)) addCall("call", node, node.tag, unit);
    else if (isMemberAccess(node) && !isCallee(node)) addCall(isAssigned(node) ? "set" : "get", node, node, unit);
    visitChildren(node, unit);
  }

  function visitCall(node: Node & { expression: Node; arguments?: readonly Node[] }, unit: Unit): void {
    const isImport = node.expression.kind === SyntaxKind.ImportKeyword;
    const first = node.arguments?.[0];
    if (isImport && !first) return;
    const kind = isImport ? "import" : isNewExpression(node) ? "new" : "call";
    const call = addCall(kind, node, isImport && first ? first : node.expression, unit);
    visit(node.expression, unit);
    node.arguments?.forEach((argument, index) => visitArgument(skipWrappers(argument), index, call));
  }

  function visitArgument(node: Node, index: number, call: Call): void {
    if (!isFunctionWithBody(node)) {
      if (mayNameFunction(node)) (call.arguments as Argument[]).push({ index, node, target: noTarget });
      return visit(node, call.unit);
    }
    const unit = addUnit(node, "function", call.unit, call);
    (call.arguments as Argument[]).push({ index, node, unit, target: noTarget });
    visitChildren(node, unit);
  }

  function visitClass(node: ClassDeclaration | ClassExpression, unit: Unit): void {
    const construction = addUnit(node, "construction", unit);
    for (const clause of node.heritageClauses ?? []) {
      if (clause.token !== SyntaxKind.ExtendsKeyword) continue;
      for (const { expression } of clause.types) {
        addCall("extends", expression, expression, construction);
        visit(expression, unit);
      }
    }
    for (const member of node.members) {
      if (isConstructorDeclaration(member)) visitChildren(member, construction);
      else if (isPropertyDeclaration(member)) visitChildren(member, isStatic(member) ? unit : construction);
      else if (isClassStaticBlockDeclaration(member)) visitChildren(member, unit);
      else visit(member, unit);
    }
  }

  function addCall(kind: Call["kind"], node: Node, callee: Node, unit: Unit): Call {
    const call: Call = { kind, unit, node, callee: skipWrappers(callee), arguments: [], target: noTarget };
    unit.calls.push(call);
    return call;
  }
}

function getKind(node: FunctionWithBody): Unit["kind"] {
  if (node.kind === SyntaxKind.GetAccessor) return "getter";
  return node.kind === SyntaxKind.SetAccessor ? "setter" : "function";
}

function isAsync(node: Node): boolean {
  return isFunctionWithBody(node) && hasModifier(node, SyntaxKind.AsyncKeyword);
}

function isStatic(node: Node): boolean {
  return hasModifier(node, SyntaxKind.StaticKeyword);
}

function mayNameFunction(node: Node): boolean {
  return isIdentifier(node) || isPropertyAccessExpression(node) || isElementAccessExpression(node);
}

function isMemberAccess(node: Node): boolean {
  return (
    isPropertyAccessExpression(node) || (isElementAccessExpression(node) && isStringLiteral(node.argumentExpression))
  );
}

function isCallee(node: Node): boolean {
  const { parent } = node;
  return (isCallExpression(parent) || isNewExpression(parent)) && parent.expression === node;
}

function isAssigned(node: Node): boolean {
  const { parent } = node;
  return isBinaryExpression(parent) && parent.left === node && parent.operatorToken.kind === SyntaxKind.EqualsToken;
}
