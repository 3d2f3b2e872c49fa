import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import type { AwaitedLink } from "./await-link.js";
import type { WaitingChain } from "./chain-links.js";
import { insertAsync } from "./insert-async.js";

type Source = Readonly<TSESLint.SourceCode>;

/**
 * Puts what a link gives with `await` in the place of its chain. `undefined` where it would have to stand in a `try` or
 * beside a `using`, which would then wait for it, or where its parenthesis could be read as a call of the line before.
 */
export function replaceChain(
  { around, end, place }: WaitingChain,
  { isTight, text }: AwaitedLink,
  staysPromise: boolean,
  sourceCode: Source,
): TSESLint.ReportFixFunction | undefined {
  const whole = place === "awaited" ? end.parent : end;
  if (place === "returned" && waitsAround(end)) return undefined;
  const awaits = place === "awaited" && staysPromise;
  const mayStand = isTight || (!awaits && isFree(whole));
  const replacement = (awaits ? "await " : "") + (mayStand ? text : `(${text})`);
  if (replacement.startsWith("(") && !isSeparated(whole, sourceCode)) return undefined;
  return (fixer) => [
    ...(around && !around.async && place === "returned" ? [insertAsync(around, sourceCode, fixer)] : []),
    fixer.replaceText(whole, replacement),
  ];
}

/** Does leaving the code do something that a promise would not be waited for with? */
function waitsAround(node: TSESTree.Node): boolean {
  for (let current = node; current.parent && !/Function/.test(current.type); current = current.parent) {
    const { parent } = current;
    if (parent.type === "TryStatement") return true;
    if (parent.type === "BlockStatement" && parent.body.some(isUsing)) return true;
  }
  return false;
}

function isUsing(node: TSESTree.Statement): boolean {
  return node.type === "VariableDeclaration" && /using$/.test(node.kind);
}

/** May an expression of any kind stand here without parentheses? */
function isFree(node: TSESTree.Node): boolean {
  const { parent } = node;
  if (parent?.type === "AssignmentExpression") return parent.right === node;
  if (parent?.type === "CallExpression") return parent.callee !== node;
  return /^(?:ArrayExpression|ArrowFunctionExpression|ExpressionStatement|ReturnStatement|VariableDeclarator)$/.test(
    parent?.type ?? "",
  );
}

function isSeparated(node: TSESTree.Node, sourceCode: Source): boolean {
  let outer = node;
  while (outer.parent && outer.parent.range[0] === node.range[0] && outer.type !== "ExpressionStatement")
    outer = outer.parent;
  if (outer.type !== "ExpressionStatement") return true;
  const before = sourceCode.getTokenBefore(outer)?.value;
  return before === undefined || before === ";" || before === "{";
}
