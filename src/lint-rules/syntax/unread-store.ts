import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { findVariable } from "./find-variable.js";
import { getChainEnd } from "./promise-chain.js";
import { getStaticPropertyName } from "./property-name.js";

/** The places of a file where members are read, to be filled by a rule's visitors. */
export class ReadMembers {
  readonly #names = new Set<string>();

  addMember(node: TSESTree.MemberExpression): void {
    const name = getMemberName(node);
    if (name !== undefined && !isUsedInPassing(node)) this.#names.add(name);
  }

  addPattern(node: TSESTree.ObjectPattern): void {
    for (const property of node.properties) {
      if (property.type === "Property" && property.key.type === "Identifier") this.#names.add(property.key.name);
    }
  }

  /** Is it a variable or a private field that is written, and never read but in passing? */
  isUnread(target: TSESTree.Node, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
    if (target.type === "Identifier") return isUnreadVariable(target, sourceCode);
    if (target.type === "PropertyDefinition") {
      const isPrivate = target.key.type === "PrivateIdentifier" || target.accessibility === "private";
      const name = getKeyName(target.key);
      return isPrivate && !target.static && name !== undefined && !this.#names.has(name);
    }
    const name = target.type === "MemberExpression" ? getMemberName(target) : undefined;
    return name !== undefined && isPrivateMember(target as TSESTree.MemberExpression) && !this.#names.has(name);
  }
}

/** Is it a variable of this file that is written, and not read in any way? */
export function isNeverRead(identifier: TSESTree.Identifier, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  return findOwnVariable(identifier, sourceCode)?.references.every((reference) => !reference.isRead()) ?? false;
}

function isUnreadVariable(identifier: TSESTree.Identifier, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  const isPassing = (reference: TSESLint.Scope.Reference) =>
    !reference.isRead() || isUsedInPassing(reference.identifier);
  return findOwnVariable(identifier, sourceCode)?.references.every(isPassing) ?? false;
}

/** The variable of a name, unless others can read it. */
function findOwnVariable(
  identifier: TSESTree.Identifier,
  sourceCode: Readonly<TSESLint.SourceCode>,
): TSESLint.Scope.Variable | undefined {
  const variable = findVariable(identifier.name, identifier, sourceCode);
  if (!variable || variable.scope.type === "global") return undefined;
  return variable.defs.some(({ node }) => isOwnedElsewhere(node)) ? undefined : variable;
}

/** Exported, or disposed where it goes out of scope. */
function isOwnedElsewhere(definition: TSESTree.Node): boolean {
  const { parent } = definition;
  if (parent?.type !== "VariableDeclaration") return false;
  return parent.parent.type === "ExportNamedDeclaration" || /using$/.test(parent.kind);
}

/** Written, or used in a statement that nothing comes of: `task.catch(warn);`, `void task;`, `timer.unref();`. */
function isUsedInPassing(node: TSESTree.Node): boolean {
  const end = getChainEnd(node);
  const { parent } = end;
  if (parent?.type === "AssignmentExpression" && parent.left === node)
    return parent.operator === "=" || parent.parent.type === "ExpressionStatement";
  return parent?.type === "ExpressionStatement" || (parent?.type === "UnaryExpression" && parent.operator === "void");
}

function isPrivateMember(node: TSESTree.MemberExpression): boolean {
  if (node.property.type === "PrivateIdentifier") return true;
  if (node.object.type !== "ThisExpression") return false;
  const name = getMemberName(node);
  for (let current: TSESTree.Node | undefined = node; current; current = current.parent) {
    if (current.type !== "ClassBody") continue;
    return current.body.some(
      (member) =>
        member.type === "PropertyDefinition" && member.accessibility === "private" && getKeyName(member.key) === name,
    );
  }
  return false;
}

function getMemberName(node: TSESTree.MemberExpression): string | undefined {
  return node.property.type === "PrivateIdentifier" ? getKeyName(node.property) : getStaticPropertyName(node);
}

function getKeyName(key: TSESTree.Node): string | undefined {
  if (key.type === "PrivateIdentifier") return `#${key.name}`;
  return key.type === "Identifier" ? key.name : undefined;
}
