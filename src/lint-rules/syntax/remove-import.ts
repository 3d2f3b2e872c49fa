import type { TSESLint, TSESTree } from "@typescript-eslint/utils";

/**
 * Removes a name from an import, and the import with its last name. Nothing is removed where a comment would go with it:
 * the name is then left unused.
 */
export function removeImport(
  declaration: TSESTree.ImportDeclaration,
  specifier: TSESTree.ImportClause,
  sourceCode: Readonly<TSESLint.SourceCode>,
  fixer: TSESLint.RuleFixer,
): TSESLint.RuleFix[] {
  const range = findRange(declaration, specifier, sourceCode);
  return range && !/\/[/*]/.test(sourceCode.text.slice(...range)) ? [fixer.removeRange(range)] : [];
}

function findRange(
  declaration: TSESTree.ImportDeclaration,
  specifier: TSESTree.ImportClause,
  { text }: Readonly<TSESLint.SourceCode>,
): TSESTree.Range | undefined {
  const named = declaration.specifiers.filter(({ type }) => type === "ImportSpecifier");
  const index = named.indexOf(specifier as TSESTree.ImportSpecifier);
  const [before, after] = [named[index - 1], named[index + 1]];
  if (after) return [specifier.range[0], after.range[0]];
  if (before) return [before.range[1], specifier.range[1]];
  const [start, end] = declaration.range;
  const isWholeLine = /(?:^|\n)$/.test(text.slice(0, start)) && /^[ \t]*\r?\n/.test(text.slice(end));
  if (declaration.specifiers.length > 1 || !isWholeLine) return undefined;
  return [start, text.indexOf("\n", end) + 1];
}
