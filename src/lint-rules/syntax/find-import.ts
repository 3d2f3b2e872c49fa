import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { findVariable } from "./find-variable.js";
import { getStaticPropertyName } from "./property-name.js";

/** The module and the exported name that an expression was imported as, by syntax alone. */
export function findImport(
  expression: TSESTree.Node,
  sourceCode: Readonly<TSESLint.SourceCode>,
): { module: string; name: string } | undefined {
  if (expression.type === "MemberExpression") {
    const owner = findImport(expression.object, sourceCode);
    const name = getStaticPropertyName(expression);
    return owner && name !== undefined ? { module: owner.module, name } : undefined;
  }
  if (expression.type !== "Identifier") return undefined;
  const definition = findVariable(expression.name, expression, sourceCode)?.defs[0];
  if (!definition || definition.type !== "ImportBinding" || definition.parent.type !== "ImportDeclaration")
    return undefined;
  return { module: definition.parent.source.value.replace(/^node:/, ""), name: getImportedName(definition.node) };
}

function getImportedName(node: TSESTree.Node): string {
  if (node.type !== "ImportSpecifier") return "";
  return node.imported.type === "Identifier" ? node.imported.name : node.imported.value;
}
