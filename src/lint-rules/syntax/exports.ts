import type { TSESTree } from "@typescript-eslint/utils";
import { getStaticPropertyName } from "./property-name.js";

/** Has the file exports, and is therefore there for others to import? */
export function hasExports({ body }: TSESTree.Program): boolean {
  return body.some((statement) => exportTypes.has(statement.type) || isCommonJsExport(statement));
}

const exportTypes: ReadonlySet<string> = new Set([
  "ExportAllDeclaration",
  "ExportDefaultDeclaration",
  "ExportNamedDeclaration",
  "TSExportAssignment",
  "TSNamespaceExportDeclaration",
]);

/** `module.exports = …`, `module.exports.name = …`, `exports.name = …` */
function isCommonJsExport(statement: TSESTree.ProgramStatement): boolean {
  if (statement.type !== "ExpressionStatement" || statement.expression.type !== "AssignmentExpression") return false;
  return isExportsObject(statement.expression.left);
}

/** Is it CommonJS' `exports`, or a member of it? */
export function isExportsObject(node: TSESTree.Node): boolean {
  if (node.type === "Identifier") return node.name === "exports";
  if (node.type !== "MemberExpression") return false;
  const isModule = node.object.type === "Identifier" && node.object.name === "module";
  return isModule ? getStaticPropertyName(node) === "exports" : isExportsObject(node.object);
}
