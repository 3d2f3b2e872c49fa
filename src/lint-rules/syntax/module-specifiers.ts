import type { TSESTree } from "@typescript-eslint/utils";

/** The specifier that a declaration, `import()`, `require` or a type names another file by, where it is written out. */
export function findModuleSpecifier(
  node:
    | TSESTree.CallExpression
    | TSESTree.ExportAllDeclaration
    | TSESTree.ExportNamedDeclaration
    | TSESTree.ImportDeclaration
    | TSESTree.ImportExpression
    | TSESTree.TSExternalModuleReference
    | TSESTree.TSImportType,
): TSESTree.StringLiteral | undefined {
  const specifier = getSpecifier(node);
  return specifier?.type === "Literal" && typeof specifier.value === "string" ? specifier : undefined;
}

function getSpecifier(node: Parameters<typeof findModuleSpecifier>[0]): TSESTree.Node | null | undefined {
  if (node.type === "TSExternalModuleReference") return node.expression;
  if (node.type !== "CallExpression") return node.source;
  return node.callee.type === "Identifier" && node.callee.name === "require" ? node.arguments[0] : undefined;
}
