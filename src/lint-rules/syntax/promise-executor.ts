import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { findVariable } from "./find-variable.js";
import { type FunctionNode, isFunctionExpression } from "./function-value.js";

/** What a `new Promise(…)` does with its function; nothing for a `Promise` of somebody's own. */
export function findExecutor(
  { arguments: [executor], callee }: TSESTree.NewExpression,
  sourceCode: Readonly<TSESLint.SourceCode>,
): TSESTree.Expression | undefined {
  if (callee.type !== "Identifier" || callee.name !== "Promise" || executor?.type === "SpreadElement") return undefined;
  const isOwn = (findVariable("Promise", callee, sourceCode)?.defs.length ?? 0) > 0;
  return isOwn ? undefined : executor;
}

/** A function that resolves a promise later and does nothing else: what has it called, and what the promise resolves to. */
export interface LaterResolve {
  readonly call: TSESTree.CallExpression;
  /** What the promise resolves to, where the call has a function for it: found out only then. */
  readonly value: TSESTree.Expression | undefined;
  /** What else the call is given. */
  readonly rest: readonly TSESTree.Expression[];
  /** It is given the function that resolves the promise by its name, and calls that with the last of `rest`. */
  readonly isDirect: boolean;
}

/** `(resolve) => setTimeout(resolve, 10)`, `(resolve) => { setTimeout(() => resolve(1), 10); }` and their like. */
export function findLaterResolve(executor: TSESTree.Expression): LaterResolve | undefined {
  if (!isFunctionExpression(executor) || executor.async || executor.params.length !== 1) return undefined;
  const call = getOnlyExpression(executor);
  const [parameter] = executor.params;
  if (call?.type !== "CallExpression" || parameter?.type !== "Identifier") return undefined;
  const [callback, ...rest] = call.arguments.filter((argument) => argument.type !== "SpreadElement");
  if (!callback || rest.length + 1 !== call.arguments.length) return undefined;
  if (callback.type === "Identifier") {
    return callback.name === parameter.name ? { call, rest, value: undefined, isDirect: true } : undefined;
  }
  const resolving = isFunctionExpression(callback) && callback.params.length === 0 && getOnlyExpression(callback);
  if (!resolving || resolving.type !== "CallExpression" || resolving.arguments.length > 1) return undefined;
  const [value] = resolving.arguments;
  const isResolve = resolving.callee.type === "Identifier" && resolving.callee.name === parameter.name;
  return isResolve && value?.type !== "SpreadElement" ? { call, rest, value, isDirect: false } : undefined;
}

/** The expression that is all of a function, also after `void`. */
function getOnlyExpression({ body }: FunctionNode): TSESTree.Expression | undefined {
  if (body.type !== "BlockStatement") return skipVoid(body);
  const [only] = body.body;
  return only?.type === "ExpressionStatement" && body.body.length === 1 ? skipVoid(only.expression) : undefined;
}

function skipVoid(expression: TSESTree.Expression): TSESTree.Expression {
  return expression.type === "UnaryExpression" && expression.operator === "void" ? expression.argument : expression;
}
