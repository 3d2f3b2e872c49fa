import {
  type CallExpression,
  type Node,
  type SourceFile,
  SyntaxKind,
  hasModifier,
  isBinaryExpression,
  isExportAssignment,
  isExportDeclaration,
  isIdentifier,
  isNamedExports,
  isVariableDeclaration,
  isVariableStatement,
} from "../type-checker/ast.js";
import { skipOuterWrappers } from "../type-checker/skip-wrappers.js";

/** How other files get what a call gives: as the file's default export, which discovery loads, by a name, or not at all. */
export function findExport(call: CallExpression): "default" | "named" | undefined {
  const value = skipOuterWrappers(call);
  const { parent } = value;
  if (isExportAssignment(parent)) return "default";
  if (isBinaryExpression(parent)) return isCommonJsExport(parent.left) ? "default" : undefined;
  if (!isVariableDeclaration(parent) || !isIdentifier(parent.name)) return undefined;
  const statement = parent.parent.parent;
  if (!isVariableStatement(statement) || statement.parent.kind !== SyntaxKind.SourceFile) return undefined;
  return hasModifier(statement, SyntaxKind.ExportKeyword)
    ? "named"
    : findExportOfName(parent.name.text, call.getSourceFile());
}

function isCommonJsExport(assigned: Node): boolean {
  return /^(?:module\.)?exports\b/.test(assigned.getText());
}

function findExportOfName(name: string, { statements }: SourceFile): "default" | "named" | undefined {
  for (const statement of statements) {
    if (isExportAssignment(statement) && isNamed(statement.expression, name)) return "default";
    if (!isExportDeclaration(statement) || statement.moduleSpecifier) continue;
    if (!statement.exportClause || !isNamedExports(statement.exportClause)) continue;
    const specifier = statement.exportClause.elements.find((element) =>
      isNamed(element.propertyName ?? element.name, name),
    );
    if (specifier) return specifier.name.text === "default" ? "default" : "named";
  }
  return undefined;
}

function isNamed(expression: Node, name: string): boolean {
  return isIdentifier(expression) && expression.text === name;
}
