import {
  type Node,
  type SourceFile,
  isBlock,
  isClassDeclaration,
  isClassExpression,
  isInterfaceDeclaration,
  isObjectLiteralExpression,
  isParenthesizedExpression,
  isReturnStatement,
  isTypeReferenceNode,
} from "../type-checker/ast.js";

/** A class, an interface or an object literal that says of what type it is. */
export interface Implementer {
  readonly node: Node;
  /** What a class extends and implements; what a literal's variable or function is annotated with. */
  readonly types: readonly Node[];
}

const implementersByFile = new WeakMap<SourceFile, readonly Implementer[]>();

/** The implementers of a file. Its text tells where one may stand, so that the rest of the file is not walked. */
export function getImplementers(sourceFile: SourceFile): readonly Implementer[] {
  let found = implementersByFile.get(sourceFile);
  if (!found) {
    const classes = findPositions(sourceFile.text, classWithHeritage).map((at) => findClass(sourceFile, at));
    const literals = findPositions(sourceFile.text, annotatedBrace).flatMap((at) => findLiterals(sourceFile, at));
    found = [...new Set([...classes, ...literals])].flatMap((node) => {
      const types = node ? getTypes(node) : [];
      return node && types.length > 0 ? { node, types } : [];
    });
    implementersByFile.set(sourceFile, found);
  }
  return found;
}

const classWithHeritage = /\b(?:class|interface)\b(?=[^{;]*?\b(?:extends|implements)\b)/g;

/** `const store: Store = {`, `(): Store => ({`, `(): Promise<Store> {` */
const annotatedBrace = /:\s*(?:Promise<\s*)?[\p{Lu}_$][\w$.]*(?:<[^{}();=]*>)?>?\s*(?:=>?\s*\(?\s*)?(?=\{)/gu;

function findPositions(text: string, pattern: RegExp): number[] {
  return [...text.matchAll(pattern)].map((match) =>
    pattern === annotatedBrace ? match.index + match[0].length : match.index,
  );
}

/** The class or interface whose head covers the position. */
function findClass(sourceFile: SourceFile, at: number): Node | undefined {
  return findAt(sourceFile, at, (node) => isClassOrInterface(node) && at < node.members.pos);
}

/** The literal that begins at the position, or those that a function gives whose body begins there. */
function findLiterals(sourceFile: SourceFile, at: number): Node[] {
  const found = findAt(
    sourceFile,
    at,
    (node) => (isObjectLiteralExpression(node) || isBlock(node)) && node.getStart(sourceFile) === at,
  );
  if (!found || !isBlock(found)) return found ? [found] : [];
  const given = found.statements.map((statement) => (isReturnStatement(statement) ? statement.expression : undefined));
  return given.filter((node) => node !== undefined && isObjectLiteralExpression(node)) as Node[];
}

/** The innermost node over the position that is wanted. */
function findAt(sourceFile: SourceFile, at: number, isWanted: (node: Node) => boolean): Node | undefined {
  let found: Node | undefined;
  let current: Node | undefined = sourceFile;
  while (current) {
    if (isWanted(current)) found = current;
    current = current.forEachChild((child) => (child.pos <= at && at < child.end ? child : undefined));
  }
  return found;
}

function getTypes(node: Node): Node[] {
  if (isClassOrInterface(node)) return (node.heritageClauses ?? []).flatMap(({ types }) => [...types]);
  let owner = node.parent;
  while (isParenthesizedExpression(owner) || isReturnStatement(owner) || isBlock(owner)) owner = owner.parent;
  const { type } = owner as Node & { readonly type?: Node };
  return type ? [getAwaited(type)] : [];
}

function getAwaited(type: Node): Node {
  const isPromise = isTypeReferenceNode(type) && type.typeName.getText() === "Promise";
  return (isPromise && type.typeArguments?.[0]) || type;
}

function isClassOrInterface(node: Node) {
  return isClassDeclaration(node) || isClassExpression(node) || isInterfaceDeclaration(node);
}
