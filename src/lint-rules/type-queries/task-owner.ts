import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { activationContext, runtimePackage, taskGroup } from "../runtime-vocabulary.js";
import { findVariable } from "../syntax/find-variable.js";
import type { TaskOwner } from "../syntax/run-in-background.js";
import type { CheckedFile } from "../type-checker/checked-file.js";
import { getDeclaredName } from "./declared-name.js";

const methods = { [activationContext]: "background", [taskGroup]: "run" } as const;

/** The nearest parameter around the node that awaits the tasks it is given, of one of these types. */
export function findTaskOwner(
  node: TSESTree.Node,
  file: CheckedFile,
  sourceCode: Readonly<TSESLint.SourceCode>,
  types: readonly (keyof typeof methods)[] = [activationContext, taskGroup],
): TaskOwner | undefined {
  const parameters = getParametersAround(node);
  const found = file.getTypes(parameters).flatMap((type, index) => {
    const [symbol, parameter] = [type?.getSymbol(), parameters[index]];
    const name = types.find((candidate) => candidate === symbol?.name);
    if (!symbol || !parameter || !name || getDeclaredName(symbol, file.project).module !== runtimePackage) return [];
    const isInScope = findVariable(parameter.name, node, sourceCode)?.defs.some((each) => each.name === parameter);
    return isInScope ? { name: parameter.name, method: methods[name] } : [];
  });
  return found[0];
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
