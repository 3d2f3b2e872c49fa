import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { findVariable } from "./find-variable.js";

type Source = Readonly<TSESLint.SourceCode>;
type Edit = (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[];

/** How code at a place can name something of a module, and what has to be done to the imports for it. */
export interface ImportedName {
  readonly code: string;
  readonly edit: Edit;
  /** Is the module imported by a declaration of its own that has to be written first? */
  readonly isNew: boolean;
}

/**
 * The name of a module's export at a node: as it is imported already, else by one more name in an import of that module,
 * else by a new import behind `near`, in its style. `undefined` where the name stands for something else.
 */
export function importName(
  name: string,
  module: string,
  node: TSESTree.Node,
  near: TSESTree.ImportDeclaration,
  sourceCode: Source,
): ImportedName | undefined {
  const declarations = getImports(module, sourceCode);
  const present =
    declarations.flatMap(({ specifiers }) => findIn(specifiers, name))[0] ?? findPromises(module, name, sourceCode);
  if (present) {
    const isInSight = findVariable(present.local.name, node, sourceCode)?.defs[0]?.node === present.specifier;
    return isInSight ? { code: present.code, edit: () => [], isNew: false } : undefined;
  }
  if (!isFree(name, node, sourceCode)) return undefined;
  const last = declarations.flatMap(({ specifiers }) => specifiers).findLast(({ type }) => type === "ImportSpecifier");
  if (last) return { code: name, edit: (fixer) => [fixer.insertTextAfter(last, `, ${name}`)], isNew: false };
  return { code: name, edit: (fixer) => [addImport(name, module, near, sourceCode, fixer)], isNew: true };
}

/** The import that a name or the owner of a member stands for, and where it says so. */
export function findImportOf(
  { name }: TSESTree.Identifier,
  node: TSESTree.Node,
  sourceCode: Source,
): { declaration: TSESTree.ImportDeclaration; specifier: TSESTree.ImportClause; uses: number } | undefined {
  const variable = findVariable(name, node, sourceCode);
  const definition = variable?.defs[0];
  if (definition?.type !== "ImportBinding" || definition.parent.type !== "ImportDeclaration") return undefined;
  const specifier = definition.node as TSESTree.ImportClause;
  return { declaration: definition.parent, specifier, uses: variable?.references.length ?? 0 };
}

/** Does the declaration import this module of Node, with or without `node:`? */
export function isImportOf(module: string, { source }: TSESTree.ImportDeclaration): boolean {
  return source.value.replace(/^node:/, "") === module;
}

function getImports(module: string, { ast }: Source): TSESTree.ImportDeclaration[] {
  return ast.body.filter(
    (node): node is TSESTree.ImportDeclaration =>
      node.type === "ImportDeclaration" && node.importKind !== "type" && isImportOf(module, node),
  );
}

interface Present {
  readonly specifier: TSESTree.ImportClause;
  readonly local: TSESTree.Identifier;
  readonly code: string;
}

function findIn(specifiers: readonly TSESTree.ImportClause[], name: string): Present[] {
  return specifiers.flatMap((specifier): Present[] => {
    const { local } = specifier;
    if (specifier.type !== "ImportSpecifier") return [{ specifier, local, code: `${local.name}.${name}` }];
    const isWanted = specifier.importKind !== "type" && getImportedName(specifier) === name;
    return isWanted ? [{ specifier, local, code: local.name }] : [];
  });
}

/** `import { promises } from "node:fs"` gives what `node:fs/promises` has. */
function findPromises(module: string, name: string, sourceCode: Source): Present | undefined {
  const owner = /^(.+)\/promises$/.exec(module)?.[1];
  if (owner === undefined) return undefined;
  const specifiers = getImports(owner, sourceCode).flatMap((declaration) => declaration.specifiers);
  const named = specifiers.filter(({ type }) => type === "ImportSpecifier");
  const [promises] = findIn(named, "promises");
  return promises && { ...promises, code: `${promises.code}.${name}` };
}

function getImportedName({ imported }: TSESTree.ImportSpecifier): string {
  return imported.type === "Identifier" ? imported.name : imported.value;
}

/** Does the name stand for nothing at the node, and for nothing global elsewhere? */
function isFree(name: string, node: TSESTree.Node, sourceCode: Source): boolean {
  if (findVariable(name, node, sourceCode)) return false;
  return !sourceCode.scopeManager?.globalScope?.through.some(({ identifier }) => identifier.name === name);
}

/** On a line of its own below that of the other import and its comment, or in that line where more code stands in it. */
function addImport(
  name: string,
  module: string,
  near: TSESTree.ImportDeclaration,
  { text }: Source,
  fixer: TSESLint.RuleFixer,
): TSESLint.RuleFix {
  const added = `import { ${name} } from ${quoteLike(near.source, module)}${text[near.range[1] - 1] === ";" ? ";" : ""}`;
  const rest = /^[ \t]*(?:\/\/[^\r\n]*)?(?=\r?\n|$)/.exec(text.slice(near.range[1]))?.[0];
  if (rest === undefined) return fixer.insertTextAfter(near, ` ${added}`);
  const end = near.range[1] + rest.length;
  return fixer.insertTextAfterRange([end, end], `${text.includes("\r\n") ? "\r\n" : "\n"}${added}`);
}

/** The module with the quotes of another specifier, and with `node:` where that has it. */
export function quoteLike({ raw, value }: TSESTree.StringLiteral, module: string): string {
  const quote = raw[0] ?? '"';
  return `${quote}${value.startsWith("node:") ? "node:" : ""}${module}${quote}`;
}
