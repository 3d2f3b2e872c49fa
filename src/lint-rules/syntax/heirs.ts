import type { TSESTree } from "@typescript-eslint/utils";
import { getLiteralKey } from "./property-name.js";

export type ClassOrInterface = TSESTree.ClassDeclaration | TSESTree.ClassExpression | TSESTree.TSInterfaceDeclaration;

/** A member of a class or an interface that may redefine one of the same name from above. */
export interface Heir {
  readonly owner: ClassOrInterface;
  readonly member: TSESTree.ClassElement | TSESTree.TypeElement;
  readonly name: string;
  /** The node that has the member's type. */
  readonly value: TSESTree.Node;
}

/** The members that may redefine one from above: by name, not static, and only where something stands above. */
export function getHeirs(owner: ClassOrInterface): Heir[] {
  if (!hasHeritage(owner)) return [];
  const members: readonly (TSESTree.ClassElement | TSESTree.TypeElement)[] = owner.body.body;
  return members.flatMap((member) => {
    if (!("key" in member) || ("static" in member && member.static)) return [];
    const name = getLiteralKey(member);
    const isConstructor = "kind" in member && member.kind === "constructor";
    return name === undefined || isConstructor ? [] : [{ owner, member, name, value: member.key }];
  });
}

/** The lists are missing in JavaScript files, for some parsers. */
function hasHeritage(node: ClassOrInterface): boolean {
  const named: readonly unknown[] | undefined = node.type === "TSInterfaceDeclaration" ? node.extends : node.implements;
  return (named?.length ?? 0) > 0 || (node.type !== "TSInterfaceDeclaration" && node.superClass !== null);
}
