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
import type { CheckerSymbol, Project } from "../type-checker/types.js";
import { getBaseSymbols, isServiceBase } from "../type-queries/service-class.js";
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
export function readClasses(symbol: CheckerSymbol, project: Project): ClassCode[] {
  return findClasses(symbol, project).map((node, depth) => readClass(node, depth));
}

function findClasses(symbol: CheckerSymbol, project: Project): ClassNode[] {
  if (isServiceBase(symbol, project)) return [];
  const handle = symbol.valueDeclaration;
  const node = handle && !handle.path.includes("/node_modules/") ? handle.resolve(project) : undefined;
  const bases = getBaseSymbols(project.checker.getDeclaredTypeOfSymbol(symbol), project);
  const inherited = bases.flatMap((base) => findClasses(base, project));
  return node && (isClassDeclaration(node) || isClassExpression(node)) ? [node, ...inherited] : inherited;
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
