import { findTypeAt } from "../type-checker/ask-types.js";
import {
  type Node,
  type SourceFile,
  isCallExpression,
  isClassDeclaration,
  isClassExpression,
  isExportAssignment,
  isIdentifier,
  isVariableDeclaration,
} from "../type-checker/ast.js";
import { defineModule, registrationHook, runtimePackage } from "../runtime-vocabulary.js";
import { getDeclaredName } from "../type-queries/declared-name.js";
import { isServiceDeclaration } from "../type-queries/service-class.js";
import type { CallGraph } from "./call-graph.js";
import type { Call, Unit } from "./unit.js";

/** Code that runs in phase 1, or before it. */
export interface RegistrationUnit {
  readonly unit: Unit;
  /** As a message names it: "`initialize`". */
  readonly where: string;
  /** The definition that names a hook written in another file: what that does is reported there. */
  readonly definition?: Node;
}

/** The code of a file that runs in phase 1: `initialize` hooks, services' construction, a module file's top level. */
export function findRegistrationUnits(sourceFile: SourceFile, graph: CallGraph): RegistrationUnit[] {
  const units = graph.getUnits(sourceFile);
  const found: RegistrationUnit[] = units
    .filter((unit) => isServiceConstruction(unit, graph))
    .map((unit) => ({ unit, where: `\`${unit.name}\`` }));
  for (const call of units.flatMap((unit) => unit.calls).filter((candidate) => isDefineModule(candidate, graph))) {
    for (const unit of findHookUnits(call, graph)) {
      const isElsewhere = unit.node.getSourceFile().path !== sourceFile.path;
      found.push({ unit, where: `\`${registrationHook}\``, ...(isElsewhere && { definition: call.callee }) });
    }
    if (isDefaultExport(call, sourceFile)) found.push({ unit: call.unit, where: "the top level of a module file" });
  }
  return found;
}

/** The constructor and the field initialisers of a service. */
export function isServiceConstruction(unit: Unit, graph: CallGraph): boolean {
  const { kind, node } = unit;
  if (kind !== "construction" || !(isClassDeclaration(node) || isClassExpression(node))) return false;
  return graph.remember(`construction of a service ${unit.id}`, () => isServiceDeclaration(node, graph.project));
}

/** `export default defineModule(…)`, or of the constant that holds it: a module file, which discovery loads. */
export function isDefaultExport({ node, unit }: Call, sourceFile: SourceFile): boolean {
  if (unit.kind !== "top level") return false;
  const name = isVariableDeclaration(node.parent) ? node.parent.name.getText() : undefined;
  return sourceFile.statements.some((statement) => {
    if (!isExportAssignment(statement)) return false;
    const { expression } = statement;
    return expression === node || (isIdentifier(expression) && expression.text === name);
  });
}

/** Is it a call of the runtime's `defineModule`? */
export function isDefineModule({ target }: Call, { project }: CallGraph): boolean {
  return target.symbols.some(
    (symbol) => symbol.name === defineModule && getDeclaredName(symbol, project).module === runtimePackage,
  );
}

/** The function that the definition has as its hook, wherever it is written. */
function findHookUnits({ node }: Call, graph: CallGraph): Unit[] {
  const definition = isCallExpression(node) ? node.arguments[0] : undefined;
  const { checker } = graph.project;
  const type = definition && findTypeAt(definition, graph.project);
  const hook = type && checker.getPropertyOfType(type, registrationHook);
  const hookType = hook && checker.getTypeOfSymbol(hook);
  return hookType ? graph.findUnitsOf(hookType) : [];
}
