import { getTypesAt } from "../type-checker/ask-types.js";
import { isIdentifier, isStringLiteral } from "../type-checker/ast.js";
import type { CheckerSymbol, Project, Type } from "../type-checker/types.js";
import { getApparentConstituents } from "../type-queries/promise.js";
import { isInWorkspace } from "./node-handle.js";
import type { Call } from "./unit.js";

/** The properties that `const { text } = reader` reads, as far as their objects are of the workspace's own types. */
export function findTakenSymbols(calls: readonly Call[], project: Project): (CheckerSymbol | undefined)[] {
  const types = getTypesAt(
    calls.map(({ node }) => node.parent),
    project,
  );
  return calls.map(({ callee }, index) => {
    const type = types[index];
    const name = isIdentifier(callee) || isStringLiteral(callee) ? callee.text : undefined;
    return type && name !== undefined ? findProperty(type, name, project) : undefined;
  });
}

function findProperty(type: Type, name: string, project: Project): CheckerSymbol | undefined {
  for (const member of getApparentConstituents(type, project)) {
    const isOwn = member.getSymbol()?.declarations.some(isInWorkspace) ?? false;
    const property = isOwn ? project.checker.getPropertyOfType(member, name) : undefined;
    if (property) return property;
  }
  return undefined;
}
