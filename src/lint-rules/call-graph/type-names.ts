import {
  type Node,
  type SourceFile,
  isExpressionWithTypeArguments,
  isIdentifier,
  isPropertyAccessExpression,
  isTypeReferenceNode,
} from "../type-checker/ast.js";

/** By how many names the workspace's types go, by the texts of its files: a type is asked for only where it is named. */
export class TypeNames {
  readonly #aliases = new Map<string, Set<string>>();

  constructor(files: readonly SourceFile[]) {
    for (const file of files) for (const [name, alias] of getAliases(file)) this.#add(name, alias);
  }

  /** The names that a declared type may be referred to by. */
  getNames(declaration: Node): ReadonlySet<string> {
    const names = new Set(findDeclaredNames(declaration));
    for (const known of names) for (const alias of this.#aliases.get(known) ?? []) names.add(alias);
    return names;
  }

  #add(name: string, alias: string): void {
    this.#aliases.set(name, (this.#aliases.get(name) ?? new Set()).add(alias));
  }
}

/** A class expression and a literal type go by the name of what they are given to. */
function findDeclaredNames(declaration: Node & { readonly name?: Node }): string[] {
  const name = declaration.name ?? (declaration.parent as Node & { readonly name?: Node }).name;
  const names = /\bdefault\b/.test(declaration.getSourceFile().text) ? ["default"] : [];
  return name && isIdentifier(name) ? [name.text, ...names] : names;
}

/** The last name of a type as it is written: `Store` of `shop.Store<string>`. */
export function findTypeName(type: Node): string | undefined {
  if (isExpressionWithTypeArguments(type)) {
    const { expression } = type;
    if (isPropertyAccessExpression(expression)) return expression.name.text;
    return isIdentifier(expression) ? expression.text : undefined;
  }
  return isTypeReferenceNode(type) ? type.typeName.getText().split(".").at(-1) : undefined;
}

type Alias = readonly [name: string, alias: string];

const aliasesByFile = new WeakMap<SourceFile, readonly Alias[]>();

function getAliases(file: SourceFile): readonly Alias[] {
  let aliases = aliasesByFile.get(file);
  if (!aliases) {
    const { text } = file;
    const renamed = [...text.matchAll(renaming)].map(([, name = "", alias = ""]): Alias => [name, alias]);
    const imported = [...text.matchAll(defaultImport)].map(([, alias = ""]): Alias => ["default", alias]);
    const declared = [...text.matchAll(typeAlias)].map(([, alias = "", name = ""]): Alias => [name, alias]);
    aliases = [...renamed, ...imported, ...declared];
    aliasesByFile.set(file, aliases);
  }
  return aliases;
}

const renaming = /([\w$]+)\s+as\s+([\w$]+)/g;
const defaultImport = /\bimport\s+(?:type\s+)?([\w$]+)\s*(?:,|from\b)/g;
const typeAlias = /\btype\s+([\w$]+)[^=;{}]*=\s*(?:[\w$]+\.)*([\w$]+)/g;
