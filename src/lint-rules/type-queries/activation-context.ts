import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { activationContext, runtimePackage } from "../runtime-vocabulary.js";
import { findVariable } from "../syntax/find-variable.js";
import type { CheckedFile } from "../type-checker/checked-file.js";
import { getDeclaredName } from "./declared-name.js";

/** The parameter around the node that holds an `ActivationContext`, by its name there. */
export function findActivationContext(
  node: TSESTree.Node,
  file: CheckedFile,
  sourceCode: Readonly<TSESLint.SourceCode>,
): string | undefined {
  const parameters = getParametersAround(node);
  const types = file.getTypes(parameters);
  const index = types.findIndex((type, at) => {
    const symbol = type?.getSymbol();
    const parameter = parameters[at];
    if (!symbol || !parameter || symbol.name !== activationContext) return false;
    const isInScope = findVariable(parameter.name, node, sourceCode)?.defs.some(({ name }) => name === parameter);
    return isInScope && getDeclaredName(symbol, file.project).module === runtimePackage;
  });
  return parameters[index]?.name;
}

function getParametersAround(node: TSESTree.Node): TSESTree.Identifier[] {
  const found: TSESTree.Identifier[] = [];
  for (let current = node.parent; current; current = current.parent) {
    if ("params" in current && Array.isArray(current.params)) {
      found.push(...(current.params as TSESTree.Node[]).filter((parameter) => parameter.type === "Identifier"));
    }
  }
  return found;
}
