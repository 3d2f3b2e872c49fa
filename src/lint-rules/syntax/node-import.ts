import { isBuiltin } from "node:module";
import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { findModuleSpecifier } from "./module-specifiers.js";

/** Does the file import a module of Node's, and so run nowhere else? */
export function importsNode({ body }: TSESTree.Program): boolean {
  return body.some((node) => node.type === "ImportDeclaration" && isBuiltin(node.source.value));
}

/** `require("node:fs")` */
export function isNodeRequired(call: TSESTree.CallExpression): boolean {
  const specifier = findModuleSpecifier(call);
  return specifier !== undefined && isBuiltin(specifier.value);
}

/** A name for what a module exports, and the import that brings it, unless there is one already. */
export interface ImportedName {
  readonly local: string;
  readonly add: ((fixer: TSESLint.RuleFixer) => TSESLint.RuleFix) | undefined;
}

/** Finds or makes an import; `undefined` where the name is taken, or nothing shows how the file imports. */
export function importName(
  name: string,
  source: string,
  local: string,
  sourceCode: Readonly<TSESLint.SourceCode>,
): ImportedName | undefined {
  const imports = sourceCode.ast.body.filter((node) => node.type === "ImportDeclaration");
  const found = imports
    .filter((node) => node.source.value === source && node.importKind !== "type")
    .flatMap(({ specifiers }) => specifiers)
    .find((specifier) => specifier.type === "ImportSpecifier" && getName(specifier.imported) === name);
  if (found) return { local: found.local.name, add: undefined };
  const [first] = imports;
  if (!first || isTaken(local, sourceCode)) return undefined;
  const [quote = '"'] = first.source.raw;
  const end = sourceCode.getLastToken(first)?.value === ";" ? ";" : "";
  const newline = sourceCode.text.includes("\r\n") ? "\r\n" : "\n";
  const text = `import { ${name} as ${local} } from ${quote}${source}${quote}${end}${newline}`;
  return { local, add: (fixer) => fixer.insertTextBefore(first, text) };
}

function getName(imported: TSESTree.Identifier | TSESTree.StringLiteral): string {
  return imported.type === "Identifier" ? imported.name : imported.value;
}

function isTaken(name: string, { scopeManager }: Readonly<TSESLint.SourceCode>): boolean {
  return (scopeManager?.scopes ?? []).some(
    (scope) => scope.set.has(name) || scope.through.some(({ identifier }) => identifier.name === name),
  );
}
