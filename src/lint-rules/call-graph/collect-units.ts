import {
  type ClassDeclaration,
  type ClassExpression,
  type Node,
  NodeFlags,
  type SourceFile,
  SyntaxKind,
  hasModifier,
  isArrayBindingPattern,
  isBinaryExpression,
  isBindingElement,
  isCallExpression,
  isClassDeclaration,
  isClassExpression,
  isClassStaticBlockDeclaration,
  isComputedPropertyName,
  isConstructorDeclaration,
  isDecorator,
  isElementAccessExpression,
  isForOfStatement,
  isIdentifier,
  isNewExpression,
  isObjectBindingPattern,
  isPropertyAccessExpression,
  isPropertyDeclaration,
  isSpreadElement,
  isStringLiteral,
  isTaggedTemplateExpression,
  isTypeNode,
  isVariableDeclaration,
  isYieldExpression,
} from "../type-checker/ast.js";
import { skipWrappers } from "../type-checker/skip-wrappers.js";
import { isBinding } from "./bound-function.js";
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

  /** The decorators and the computed name of a member run where its class or object is made. */
  function visitMember(member: Node, unit: Unit, definedIn: Unit): void {
    member.forEachChild((child) =>
      visit(child, isDecorator(child) || isComputedPropertyName(child) ? definedIn : unit),
    );
  }

  function visit(node: Node, unit: Unit): void {
    if (isFunctionWithBody(node)) return visitMember(node, addUnit(node, getKind(node), unit), unit);
    if (isClassDeclaration(node) || isClassExpression(node)) return visitClass(node, unit);
    if (isTypeNode(node)) return;
    if (isCallExpression(node) || isNewExpression(node)) return visitCall(node, unit);
    if (kindsWithImplicitCall.has(node.kind)) addImplicitCall(node, unit);
    visitChildren(node, unit);
  }

  function addImplicitCall(node: Node, unit: Unit): void {
    const iterated = findIterated(node);
    if (isTaggedTemplateExpression(node)) addCall("call", node, node.tag, unit);
    else if (isDecorator(node)) addCall("call", node, node.expression, unit);
    else if (isMemberAccess(node) && !isCallee(node)) addCall(isAssigned(node) ? "set" : "get", node, node, unit);
    else if (isTaken(node)) addCall("get", node, node.propertyName ?? node.name, unit);
    else if (isUsed(node)) addCall("dispose", node, node.initializer ?? node.name, unit);
    if (iterated) addCall("iterate", iterated, iterated, unit);
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
    for (const modifier of node.modifiers ?? []) visit(modifier, unit);
    for (const clause of node.heritageClauses ?? []) {
      if (clause.token !== SyntaxKind.ExtendsKeyword) continue;
      for (const { expression } of clause.types) {
        addCall("extends", expression, expression, construction);
        visit(expression, unit);
      }
    }
    for (const member of node.members) {
      if (isConstructorDeclaration(member)) visitChildren(member, construction);
      else if (isPropertyDeclaration(member)) visitMember(member, isStatic(member) ? unit : construction, unit);
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

const kindsWithImplicitCall: ReadonlySet<SyntaxKind> = new Set([
  SyntaxKind.BindingElement,
  SyntaxKind.Decorator,
  SyntaxKind.ElementAccessExpression,
  SyntaxKind.ForOfStatement,
  SyntaxKind.PropertyAccessExpression,
  SyntaxKind.SpreadElement,
  SyntaxKind.TaggedTemplateExpression,
  SyntaxKind.VariableDeclaration,
  SyntaxKind.YieldExpression,
]);

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
  return isIdentifier(node) || isPropertyAccessExpression(node) || isElementAccessExpression(node) || isBinding(node);
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

/** `const { text } = reader` reads `reader.text`. */
function isTaken(node: Node): node is Node & { readonly propertyName?: Node; readonly name: Node } {
  return isBindingElement(node) && isObjectBindingPattern(node.parent) && !node.dotDotDotToken;
}

/** `using lock = await acquire()` */
function isUsed(node: Node): node is Node & { readonly initializer?: Node; readonly name: Node } {
  return isVariableDeclaration(node) && (node.parent.flags & NodeFlags.Using) !== 0;
}

/** What a node takes one element after the other from. */
function findIterated(node: Node): Node | undefined {
  if (isForOfStatement(node) || isSpreadElement(node)) return node.expression;
  if (isYieldExpression(node)) return node.asteriskToken && node.expression;
  return isVariableDeclaration(node) && isArrayBindingPattern(node.name) ? node.initializer : undefined;
}
