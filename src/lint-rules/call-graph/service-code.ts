import { type Node, isClassDeclaration, isClassExpression } from "../type-checker/ast.js";
import { findTypeAt } from "../type-checker/ask-types.js";
import { isServiceClass } from "../type-queries/service-class.js";
import type { CallGraph } from "./call-graph.js";
import type { Unit } from "./unit.js";
import { getNodeId } from "./unit-name.js";

/** Does the code stand in a service's class: in a method, in a callback within one, in its construction? */
export function isServiceCode({ node }: Unit, graph: CallGraph): boolean {
  for (let current: Node | undefined = node; current; current = current.parent) {
    if (isExtendingClass(current) && isService(current, graph)) return true;
  }
  return false;
}

function isExtendingClass(node: Node): boolean {
  return (isClassDeclaration(node) || isClassExpression(node)) && node.heritageClauses !== undefined;
}

function isService(node: Node, graph: CallGraph): boolean {
  return graph.remember(`service ${getNodeId(node)}`, () => {
    const symbol = findTypeAt(node, graph.project)?.getSymbol();
    return symbol !== undefined && isServiceClass(symbol, graph.project);
  });
}
