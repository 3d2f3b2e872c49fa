import {
  type Node,
  type SourceFile,
  SyntaxKind,
  hasModifier,
  isClassDeclaration,
  isClassExpression,
  isIdentifier,
  isMethodDeclaration,
  isPropertyDeclaration,
  isStringLiteral,
} from "../type-checker/ast.js";
import { isCalledByLanguage } from "../type-queries/outside-contract.js";
import { isServiceDeclaration } from "../type-queries/service-class.js";
import type { CallGraph } from "./call-graph.js";
import type { Unit } from "./unit.js";
import { getNodeId } from "./unit-name.js";

/** Does the code stand in a service's class: in a method, in a callback within one, in its construction? */
export function isServiceCode({ node }: Unit, graph: CallGraph): boolean {
  for (let current: Node | undefined = node; current; current = current.parent) {
    if ((isClassDeclaration(current) || isClassExpression(current)) && isService(current, graph)) return true;
  }
  return false;
}

/** The names of the public methods of a file's services, by the function that each of them is. */
export function findPublicMethods(sourceFile: SourceFile, graph: CallGraph): Map<Node, string> {
  const methods = graph.getUnits(sourceFile).filter((unit) => isPublicServiceMethod(unit, graph));
  return new Map(methods.map(({ node, name = "" }) => [node, name]));
}

/** Is it a method, or a function in a field, that users of a service call? */
export function isPublicServiceMethod({ kind, node }: Unit, graph: CallGraph): boolean {
  if (kind !== "function") return false;
  const member = isMethodDeclaration(node) ? node : node.parent;
  if (!(isMethodDeclaration(member) || isPropertyDeclaration(member))) return false;
  const { name } = member;
  if (!(isIdentifier(name) || isStringLiteral(name)) || isCalledByLanguage(name.text)) return false;
  if (hiding.some((modifier) => hasModifier(member, modifier))) return false;
  const { parent } = member;
  return (isClassDeclaration(parent) || isClassExpression(parent)) && isService(parent, graph);
}

const hiding = [SyntaxKind.PrivateKeyword, SyntaxKind.ProtectedKeyword, SyntaxKind.StaticKeyword] as const;

function isService(node: Parameters<typeof isServiceDeclaration>[0], graph: CallGraph): boolean {
  return graph.remember(`service ${getNodeId(node)}`, () => isServiceDeclaration(node, graph.project));
}
