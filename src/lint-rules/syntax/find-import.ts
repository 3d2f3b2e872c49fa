import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
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
  const definition = findVariable(expression, sourceCode)?.defs[0];
  if (!definition || definition.type !== "ImportBinding" || definition.parent.type !== "ImportDeclaration")
    return undefined;
  return { module: definition.parent.source.value.replace(/^node:/, ""), name: getImportedName(definition.node) };
}

function findVariable(identifier: TSESTree.Identifier, sourceCode: Readonly<TSESLint.SourceCode>) {
  let scope: TSESLint.Scope.Scope | null = sourceCode.getScope(identifier);
  while (scope && !scope.set.has(identifier.name)) scope = scope.upper;
  return scope?.set.get(identifier.name);
}

function getImportedName(node: TSESTree.Node): string {
  if (node.type !== "ImportSpecifier") return "";
  return node.imported.type === "Identifier" ? node.imported.name : node.imported.value;
}
