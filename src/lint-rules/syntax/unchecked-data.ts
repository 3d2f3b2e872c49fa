import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { resultChecks, resultData } from "../runtime-vocabulary.js";
import { findVariable } from "./find-variable.js";
import { getStaticPropertyName } from "./property-name.js";
import { skipWrappers } from "./skip-wrappers.js";

/**
 * The expression whose `data` is read where no type stands in the way: behind a cast, by a variable that a cast or `any`
 * began, and anywhere in JavaScript. `undefined` where TypeScript itself asks for a check.
 */
export function findUncheckedSource(
  object: TSESTree.Expression,
  sourceCode: Readonly<TSESLint.SourceCode>,
  isJavaScript: boolean,
): TSESTree.Node | undefined {
  const node = skipWrappers(object);
  if (isJavaScript || node !== object) return node;
  return node.type === "Identifier" ? findUncheckedVariable(node, sourceCode) : undefined;
}

/** Does the pattern take `data`, and nothing that tells whether it is there? */
export function takesOnlyData({ properties }: TSESTree.ObjectPattern): boolean {
  const names = properties.map((property) =>
    property.type === "Property" && property.key.type === "Identifier" ? property.key.name : undefined,
  );
  return names.includes(resultData) && !names.some(isCheck);
}

function findUncheckedVariable(
  identifier: TSESTree.Identifier,
  sourceCode: Readonly<TSESLint.SourceCode>,
): TSESTree.Node | undefined {
  const variable = findVariable(identifier.name, identifier, sourceCode);
  const definition = variable?.defs[0]?.node;
  if (definition?.type !== "VariableDeclarator" || !definition.init) return undefined;
  const isAny = definition.id.typeAnnotation?.typeAnnotation.type === "TSAnyKeyword";
  const value = skipWrappers(definition.init);
  if (definition.parent.kind !== "const" || !(isAny || value !== definition.init)) return undefined;
  const reads = variable?.references.filter((reference) => reference.isRead()) ?? [];
  return reads.every((reference) => isUncheckedRead(reference.identifier)) ? value : undefined;
}

/** Reads a member that tells nothing. Whoever gets the whole of it may check it. */
function isUncheckedRead({ parent }: TSESTree.Node): boolean {
  return parent?.type === "MemberExpression" && !isCheck(getStaticPropertyName(parent));
}

function isCheck(name: string | undefined): boolean {
  return resultChecks.some((check) => check === name);
}
