import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import type { ChainLink } from "./chain-links.js";
import { findVariable } from "./find-variable.js";
import { bindsTightly } from "./insert-await.js";

type Source = Readonly<TSESLint.SourceCode>;

/** What a link gives, written with `await`: `(await load()).rates` of `load().then((answer) => answer.rates)`. */
export interface AwaitedLink {
  readonly text: string;
  /** The callback's value, or the callback where it is a name: its type tells whether there is more to wait for. */
  readonly value: TSESTree.Expression;
  /** It needs no parentheses, wherever it stands. */
  readonly isTight: boolean;
}

/**
 * Writes a `then` with `await`, where all runs in the same order as before: its value is the first that the callback
 * looks at, and the only time. `undefined` where that is not so, or a comment would get lost.
 */
export function awaitLink({ call, object }: ChainLink, sourceCode: Source): AwaitedLink | undefined {
  const [callback] = call.arguments;
  if (!callback || call.typeArguments || sourceCode.getCommentsInside(call).length > 0) return undefined;
  const text = sourceCode.getText(object);
  const awaited = bindsTightly(object) ? `await ${text}` : `await (${text})`;
  if (callback.type === "Identifier")
    return isSettled(callback, sourceCode)
      ? { text: `${callback.name}(${awaited})`, value: callback, isTight: true }
      : undefined;
  if (callback.type !== "ArrowFunctionExpression" || callback.body.type === "BlockStatement") return undefined;
  const use = findOnlyUse(callback, sourceCode);
  const place = use && findPlace(use, callback.body, sourceCode);
  if (!place) return undefined;
  const { body } = callback;
  const before = sourceCode.text.slice(body.range[0], use.range[0]);
  const after = sourceCode.text.slice(use.range[1], body.range[1]);
  const isTight = body.type === "CallExpression" || body.type === "MemberExpression";
  return { text: before + (place === "start" ? `(${awaited})` : awaited) + after, value: body, isTight };
}

/** Where the callback's parameter is read, if that happens once. */
function findOnlyUse(callback: TSESTree.ArrowFunctionExpression, sourceCode: Source): TSESTree.Node | undefined {
  const { async, params, returnType, typeParameters } = callback;
  const [parameter] = params;
  if (async || returnType || typeParameters || params.length !== 1) return undefined;
  if (parameter?.type !== "Identifier" || parameter.typeAnnotation) return undefined;
  const [variable] = sourceCode.getDeclaredVariables(callback);
  const [use] = variable?.references ?? [];
  return use && variable?.references.length === 1 && !use.isWrite() ? use.identifier : undefined;
}

/** Does the body begin with the value, or with a call of a function that cannot change meanwhile on it? */
function findPlace(
  use: TSESTree.Node,
  body: TSESTree.Expression,
  sourceCode: Source,
): "start" | "argument" | undefined {
  if (use === body || body.type === "SequenceExpression") return undefined;
  if (use.range[0] === body.range[0]) return "start";
  if (body.type !== "CallExpression" || body.optional || body.arguments[0] !== use) return undefined;
  return isSettled(body.callee, sourceCode) ? "argument" : undefined;
}

/** Is it a function that is declared, imported or a constant, or JavaScript's own? */
function isSettled(callee: TSESTree.Expression, sourceCode: Source): boolean {
  if (callee.type === "MemberExpression" && !callee.computed && callee.object.type === "Identifier")
    return ownNamespaces.has(callee.object.name) && !isDeclared(callee.object, sourceCode);
  if (callee.type !== "Identifier") return false;
  const variable = findVariable(callee.name, callee, sourceCode);
  if (!variable || variable.defs.length === 0) return ownFunctions.has(callee.name);
  return variable.defs.every(({ type, parent }) => {
    if (type === "Variable") return parent.kind === "const";
    return type === "FunctionName" || type === "ImportBinding";
  });
}

function isDeclared(name: TSESTree.Identifier, sourceCode: Source): boolean {
  return (findVariable(name.name, name, sourceCode)?.defs.length ?? 0) > 0;
}

const ownNamespaces: ReadonlySet<string> = new Set(["Array", "JSON", "Math", "Number", "Object", "String"]);
const ownFunctions: ReadonlySet<string> = new Set(["Boolean", "Number", "String", "structuredClone"]);
