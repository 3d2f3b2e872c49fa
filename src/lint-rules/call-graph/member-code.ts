import {
  type Node,
  SyntaxKind,
  hasModifier,
  isClassDeclaration,
  isClassExpression,
  isGetAccessorDeclaration,
  isMethodDeclaration,
  isObjectLiteralExpression,
  isPropertyAssignment,
  isPropertyDeclaration,
  isSetAccessorDeclaration,
  isShorthandPropertyAssignment,
} from "../type-checker/ast.js";
import { skipWrappers } from "../type-checker/skip-wrappers.js";
import type { Call } from "./unit.js";

/**
 * What a call of a class's or an object literal's member enters: a method, an accessor, or the expression whose value a
 * property holds; `undefined` where the class itself has no such member.
 */
export function findMemberCode(declaration: Node, name: string, kind: Call["kind"]): Node | undefined {
  for (const member of getMembers(declaration)) {
    const code = getMemberName(member) === name ? getCode(member, kind) : undefined;
    if (code) return code;
  }
  return undefined;
}

/** The name of a member, `[Symbol.dispose]` for a computed one. */
export function getMemberName({ name }: Node & { readonly name?: Node }): string | undefined {
  return name?.getText().replace(/^(["'`])(.*)\1$/, "$2");
}

/** Is it declared `static`? */
export function isStaticMember(member: Node): boolean {
  return hasModifier(member, SyntaxKind.StaticKeyword);
}

function getMembers(declaration: Node): readonly Node[] {
  if (isObjectLiteralExpression(declaration)) return declaration.properties;
  if (!isClassDeclaration(declaration) && !isClassExpression(declaration)) return [];
  return declaration.members.filter((member) => !isStaticMember(member));
}

function getCode(member: Node, kind: Call["kind"]): Node | undefined {
  if (kind === "get") return isGetAccessorDeclaration(member) ? member : undefined;
  if (kind === "set") return isSetAccessorDeclaration(member) ? member : undefined;
  if (isMethodDeclaration(member)) return member.body && member;
  if (isShorthandPropertyAssignment(member)) return member.name;
  const holdsValue = isPropertyDeclaration(member) || isPropertyAssignment(member);
  return holdsValue && member.initializer ? skipWrappers(member.initializer) : undefined;
}
