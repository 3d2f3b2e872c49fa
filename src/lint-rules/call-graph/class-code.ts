import {
  type ClassDeclaration,
  type ClassExpression,
  type Node,
  SyntaxKind,
  hasModifier,
  isArrowFunction,
  isCallExpression,
  isClassDeclaration,
  isClassExpression,
  isFunctionExpression,
  isGetAccessorDeclaration,
  isIdentifier,
  isMethodDeclaration,
  isPrivateIdentifier,
  isPropertyDeclaration,
  isSetAccessorDeclaration,
  isStringLiteral,
} from "../type-checker/ast.js";
import { findTypeAt } from "../type-checker/ask-types.js";
import type { CheckerSymbol, Project } from "../type-checker/types.js";
import { extendsImportedBase, getBaseSymbols, isServiceBase } from "../type-queries/service-class.js";
import { type Mention, collectMentions } from "./own-mentions.js";

/** What the code of a class says of its own object. */
export interface ClassCode {
  /** A setter goes by `set name`. */
  readonly members: ReadonlyMap<string, Member>;
  /** Fields that begin as `true` or `false`. */
  readonly flags: ReadonlySet<string>;
}

/** A method, an accessor or a field holding a function. */
export interface Member {
  /** The place of its class in the chain. */
  readonly depth: number;
  readonly isPublicMethod: boolean;
  readonly decorators: readonly Node[];
  readonly mentions: readonly Mention[];
}

type ClassNode = ClassDeclaration | ClassExpression;

/** The class and the classes of the workspace that it extends, up to `Service`. */
export function readClasses(service: ClassNode, project: Project): ClassCode[] {
  return findClasses(service, project).map((node, depth) => readClass(node, depth));
}

function findClasses(node: ClassNode, project: Project): ClassNode[] {
  if (extendsImportedBase(node)) return [node];
  const symbol = findTypeAt(node, project)?.getSymbol();
  const bases = symbol ? getBaseSymbols(project.checker.getDeclaredTypeOfSymbol(symbol), project) : [];
  return [node, ...bases.flatMap((base) => findClassesOf(base, project))];
}

function findClassesOf(symbol: CheckerSymbol, project: Project): ClassNode[] {
  const handle = symbol.valueDeclaration;
  if (!handle || handle.path.includes("/node_modules/") || isServiceBase(symbol, project)) return [];
  const node = handle.resolve(project);
  return node && (isClassDeclaration(node) || isClassExpression(node)) ? findClasses(node, project) : [];
}

function readClass({ members: nodes }: ClassNode, depth: number): ClassCode {
  const members = new Map<string, Member>();
  const flags = new Set<string>();
  for (const node of nodes) {
    const name = findName(node);
    if (name === undefined || hasModifier(node, SyntaxKind.StaticKeyword)) continue;
    if (isPropertyDeclaration(node) && isBoolean(node.initializer)) flags.add(name);
    const key = isSetAccessorDeclaration(node) ? `set ${name}` : name;
    if (hasCode(node)) members.set(key, readMember(node, name, depth));
  }
  return { members, flags };
}

function readMember(node: Node & { modifiers?: readonly Node[] }, name: string, depth: number): Member {
  const isAccessor = isGetAccessorDeclaration(node) || isSetAccessorDeclaration(node);
  const isHidden = hasModifier(node, SyntaxKind.PrivateKeyword) || hasModifier(node, SyntaxKind.ProtectedKeyword);
  return {
    depth,
    isPublicMethod: !isAccessor && !isHidden && !name.startsWith("#"),
    decorators: (node.modifiers ?? []).flatMap((modifier) => findDecorator(modifier)),
    mentions: collectMentions(isPropertyDeclaration(node) ? (node.initializer ?? node) : node),
  };
}

/** The function behind `@initialized`, `@timeout(500)`. */
function findDecorator(modifier: Node): Node[] {
  if (modifier.kind !== SyntaxKind.Decorator) return [];
  const { expression } = modifier as Node & { expression: Node };
  return [isCallExpression(expression) ? expression.expression : expression];
}

function hasCode(node: Node): boolean {
  if (isPropertyDeclaration(node))
    return (
      node.initializer !== undefined && (isArrowFunction(node.initializer) || isFunctionExpression(node.initializer))
    );
  const isMethod = isMethodDeclaration(node) || isGetAccessorDeclaration(node) || isSetAccessorDeclaration(node);
  return isMethod && node.body !== undefined;
}

function findName({ name }: Node & { readonly name?: Node }): string | undefined {
  if (!name) return undefined;
  return isIdentifier(name) || isPrivateIdentifier(name) || isStringLiteral(name) ? name.text : undefined;
}

function isBoolean(node: Node | undefined): boolean {
  return node?.kind === SyntaxKind.TrueKeyword || node?.kind === SyntaxKind.FalseKeyword;
}
