import { type Node, isClassDeclaration, isClassExpression } from "../type-checker/ast.js";
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

function isService(node: Parameters<typeof isServiceDeclaration>[0], graph: CallGraph): boolean {
  return graph.remember(`service ${getNodeId(node)}`, () => isServiceDeclaration(node, graph.project));
}
