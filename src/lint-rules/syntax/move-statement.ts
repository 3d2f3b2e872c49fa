import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { isFunctionExpression } from "./function-value.js";
import { insertAtStart } from "./insert-at-start.js";
import { getLiteralKey, getStaticPropertyName } from "./property-name.js";

type Source = Readonly<TSESLint.SourceCode>;
type Fix = (fixer: TSESLint.RuleFixer) => TSESLint.RuleFix[];
type FunctionExpression = TSESTree.ArrowFunctionExpression | TSESTree.FunctionExpression;

/** A function of an object literal, with the statement of its body in question. */
interface Place {
  readonly statement: TSESTree.ExpressionStatement;
  readonly hook: FunctionExpression & { readonly body: TSESTree.BlockStatement };
  readonly property: TSESTree.Property;
  readonly object: TSESTree.ObjectExpression;
}

/**
 * Moves the statement around a node from one function of an object literal to the start of another one, which is written
 * where there is none. `undefined` where the statement shares variables with its function or returns anything to it.
 */
export function moveStatement(node: TSESTree.Node, from: string, to: string, sourceCode: Source): Fix | undefined {
  const place = findPlace(node, from);
  if (!place || !isSelfContained(place, sourceCode)) return undefined;
  const target = place.object.properties.find((property) => isNamed(property, to));
  const insert = target ? insertInto(target, place, sourceCode) : addHook(to, place, sourceCode);
  return insert && ((fixer) => [fixer.removeRange(getWholeLines(place.statement, sourceCode)), insert(fixer)]);
}

function findPlace(node: TSESTree.Node, name: string): Place | undefined {
  let statement = node;
  while (statement.parent && statement.type !== "ExpressionStatement") {
    if (isFunctionExpression(statement)) return undefined;
    statement = statement.parent;
  }
  const body = statement.parent;
  const hook = body?.type === "BlockStatement" ? body.parent : undefined;
  const property = hook && isFunctionExpression(hook) ? hook.parent : undefined;
  if (statement.type !== "ExpressionStatement" || property?.type !== "Property" || !isNamed(property, name))
    return undefined;
  const object = property.parent;
  if (object.type !== "ObjectExpression" || object.parent.type !== "CallExpression") return undefined;
  return { statement, hook: hook as Place["hook"], property, object };
}

function isNamed(property: TSESTree.ObjectLiteralElement, name: string): boolean {
  return property.type === "Property" && getLiteralKey(property) === name;
}

/** Of the function's own variables, does it use the first parameter alone, and ask that for nothing that only it has? */
function isSelfContained({ statement, hook }: Place, sourceCode: Source): boolean {
  const [parameter] = hook.params;
  return getUsed(hook, statement, sourceCode).every(({ identifier, resolved }) => {
    if (resolved?.defs[0]?.name !== parameter) return false;
    const { parent } = identifier;
    const isOwner = parent.type === "MemberExpression" && parent.object === identifier;
    return !isOwner || getStaticPropertyName(parent)?.startsWith("register") === false;
  });
}

/** The uses within a statement of variables that belong to the function around it. */
function getUsed(hook: FunctionExpression, { range }: TSESTree.Node, sourceCode: Source): TSESLint.Scope.Reference[] {
  const variables = sourceCode.scopeManager?.acquire(hook)?.variables ?? [];
  return variables
    .flatMap(({ references }) => references)
    .filter(({ identifier }) => range[0] <= identifier.range[0] && identifier.range[1] <= range[1]);
}

function insertInto(
  target: TSESTree.ObjectLiteralElement,
  { statement, hook }: Place,
  sourceCode: Source,
): ((fixer: TSESLint.RuleFixer) => TSESLint.RuleFix) | undefined {
  const found = target.type === "Property" && isFunctionExpression(target.value) ? target.value : undefined;
  const { body, async, params } = found ?? {};
  if (!found || !async || body?.type !== "BlockStatement") return undefined;
  const [parameter] = hook.params;
  const needed = getUsed(hook, statement, sourceCode).length > 0 ? getName(parameter) : undefined;
  if (needed !== undefined && getName(params?.[0]) !== needed) return undefined;
  const taken = sourceCode.scopeManager?.acquire(found)?.variables.map(({ name }) => name) ?? [];
  const text = sourceCode.getText(statement);
  if (taken.some((name) => name !== needed && new RegExp(`(?<![\\w$])${escape(name)}(?![\\w$])`).test(text)))
    return undefined;
  return (fixer) => insertAtStart(body, [text], sourceCode, fixer);
}

function getName(parameter: TSESTree.Parameter | undefined): string | undefined {
  return parameter?.type === "Identifier" ? parameter.name : undefined;
}

function escape(name: string): string {
  return name.replaceAll("$", "\\$");
}

/** Writes the other function behind this one, in one line where that is in one. */
function addHook(
  to: string,
  { statement, hook, object, property }: Place,
  sourceCode: Source,
): ((fixer: TSESLint.RuleFixer) => TSESLint.RuleFix) | undefined {
  const parameter = hook.params[0];
  if (parameter && parameter.type !== "Identifier") return undefined;
  if (object.properties.some((other) => other.type !== "Property" || other.computed)) return undefined;
  const { text } = sourceCode;
  const [, indent] = /(?:^|\n)([ \t]*)$/.exec(text.slice(0, property.range[0])) ?? [];
  const head = `async ${to}(${parameter?.name ?? ""}) {`;
  const moved = sourceCode.getText(statement);
  if (indent === undefined) return (fixer) => fixer.insertTextAfter(property, `, ${head} ${moved} }`);
  const newline = text.includes("\r\n") ? "\r\n" : "\n";
  const [, inner] = /\n([ \t]*)$/.exec(text.slice(0, statement.range[0])) ?? [];
  const added = [`${indent}${head}`, `${inner ?? `${indent}  `}${moved}`, `${indent}}`].join(newline);
  return (fixer) => fixer.insertTextAfter(property, `,${newline}${added}`);
}

/** The statement, with its lines where nothing else stands in them. */
function getWholeLines({ range: [start, end] }: TSESTree.Node, { text }: Source): TSESTree.Range {
  const before = /(?:^|\n)([ \t]*)$/.exec(text.slice(0, start))?.[1];
  const after = /^[ \t]*\r?\n/.exec(text.slice(end))?.[0];
  return before !== undefined && after !== undefined ? [start - before.length, end + after.length] : [start, end];
}
