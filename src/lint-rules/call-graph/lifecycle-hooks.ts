import { moduleHooks, serviceHooks, setupHookRegistration } from "../runtime-vocabulary.js";
import {
  type CallExpression,
  type Node,
  type ObjectLiteralExpression,
  type SourceFile,
  isCallExpression,
  isClassDeclaration,
  isClassExpression,
  isGetAccessorDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isPropertyAssignment,
  isSetAccessorDeclaration,
  isSpreadAssignment,
} from "../type-checker/ast.js";
import { findDefinitionProperty, getPropertyValue } from "../syntax/definition-property.js";
import type { Project } from "../type-checker/types.js";
import { findConstantValue, findDeclaration } from "../type-queries/constant.js";
import { findContextCall } from "../type-queries/context-call.js";
import { findDefineModuleCalls, findDefinitionObject } from "../type-queries/module-definition.js";
import { isServiceDeclaration } from "../type-queries/service-class.js";
import type { CallGraph } from "./call-graph.js";
import { type FunctionWithBody, isFunctionWithBody } from "./function-with-body.js";

/** A function that the runtime calls at a point of a module's or a service's life. */
export interface LifecycleHook {
  /** As a message names it: "`setupModule`", "This function". */
  readonly name: string;
  readonly function: FunctionWithBody;
  /** Where the file names it: the name of the property or method, or the argument that it is. */
  readonly place: Node;
  /** It is written where it is handed over, so that nobody else can call it. */
  readonly isInline: boolean;
}

/** The hooks of the modules that a file defines, the setup hooks that it registers, and the hooks of its services. */
export function findLifecycleHooks(sourceFile: SourceFile, graph: CallGraph): LifecycleHook[] {
  return [
    ...findModuleHooks(sourceFile, graph.project),
    ...findSetupHooks(sourceFile, graph),
    ...findServiceHooks(sourceFile, graph),
  ];
}

function findModuleHooks(sourceFile: SourceFile, project: Project): LifecycleHook[] {
  return findDefineModuleCalls(sourceFile, project).flatMap((call) => {
    const object = findDefinitionObject(call, project);
    return object ? moduleHooks.flatMap((name) => findModuleHook(name, object, call, project) ?? []) : [];
  });
}

function findModuleHook(
  name: string,
  object: ObjectLiteralExpression,
  call: CallExpression,
  project: Project,
): LifecycleHook | undefined {
  const property = findDefinitionProperty(object, name);
  const found = property && property !== "unknown" ? findFunction(property, project) : undefined;
  if (!found || !property || property === "unknown") return undefined;
  const isHere = object.getSourceFile() === call.getSourceFile();
  const place = isHere && !isSpreadAssignment(property) ? property.name : call.expression;
  return { name: `\`${name}\``, function: found, place, isInline: isWithin(object, call) && isWithin(found, object) };
}

function findSetupHooks(sourceFile: SourceFile, graph: CallGraph): LifecycleHook[] {
  const calls = graph.getUnits(sourceFile).flatMap((unit) => unit.calls);
  const registrations = calls.filter(
    ({ target }) => findContextCall(target.symbols, graph.project) === setupHookRegistration,
  );
  return registrations.flatMap(({ node }) => {
    const place = isCallExpression(node) ? node.arguments[0] : undefined;
    const found = place && findFunction(place, graph.project);
    return found ? { name: "This function", function: found, place, isInline: isWithin(found, place) } : [];
  });
}

function findServiceHooks(sourceFile: SourceFile, graph: CallGraph): LifecycleHook[] {
  const units = graph.getUnits(sourceFile).filter(({ node }) => isServiceHook(node, graph.project));
  return units.flatMap(({ node }) => {
    if (!isMethodDeclaration(node)) return [];
    return { name: `\`${node.name.getText()}\``, function: node, place: node.name, isInline: true };
  });
}

function isServiceHook(node: Node, project: Project): boolean {
  if (!isMethodDeclaration(node) || !isIdentifier(node.name)) return false;
  const { parent, name } = node;
  if (!serviceHooks.some((hook) => hook === name.text)) return false;
  return (isClassDeclaration(parent) || isClassExpression(parent)) && isServiceDeclaration(parent, project);
}

/** The function that a method, a property or an expression stands for, wherever it is written. */
function findFunction(node: Node, project: Project): FunctionWithBody | undefined {
  const value = isMethodDeclaration(node) ? node : findConstantValue(getPropertyValue(node) ?? node, project);
  const declaration = isFunctionWithBody(value) ? value : findDeclaration(value, project);
  const found = declaration && isPropertyAssignment(declaration) ? declaration.initializer : declaration;
  if (!found || !isFunctionWithBody(found)) return undefined;
  return isGetAccessorDeclaration(found) || isSetAccessorDeclaration(found) ? undefined : found;
}

function isWithin(node: Node, outer: Node): boolean {
  return node.getSourceFile() === outer.getSourceFile() && node.pos >= outer.pos && node.end <= outer.end;
}
