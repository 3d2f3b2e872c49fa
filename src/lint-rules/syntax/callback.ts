import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { findVariable } from "./find-variable.js";
import { isFunctionExpression } from "./function-value.js";

type Source = Readonly<TSESLint.SourceCode>;

/**
 * What may be the callback of a call: its last argument, unless that is, or calls, what the function around was given
 * itself. Such a function has callbacks for its own users.
 */
export function findCallback({ arguments: args }: TSESTree.CallExpression, sourceCode: Source) {
  const last = args.at(-1);
  if (!last || last.type === "MemberExpression") return last;
  if (isFunctionExpression(last)) return callsGiven(last, sourceCode) ? undefined : last;
  if (last.type !== "Identifier") return undefined;
  const variable = findVariable(last.name, last, sourceCode);
  return variable && isGiven(variable) ? undefined : last;
}

function callsGiven(callback: TSESTree.Node, { scopeManager }: Source): boolean {
  const outside = scopeManager?.acquire(callback)?.through ?? [];
  return outside.some(({ identifier, resolved }) => {
    const { parent } = identifier;
    return parent.type === "CallExpression" && parent.callee === identifier && resolved !== null && isGiven(resolved);
  });
}

/** Is it a parameter, other than those of the function in a `new Promise`? */
function isGiven({ defs }: TSESLint.Scope.Variable): boolean {
  return defs.some(({ node, type }) => type === "Parameter" && node.parent?.type !== "NewExpression");
}

/** Does nobody use what the call gives? What an executor gives is dropped. */
export function isDropped({ parent }: TSESTree.CallExpression): boolean {
  if (parent.type === "ExpressionStatement") return true;
  if (parent.type === "UnaryExpression") return parent.operator === "void";
  return parent.type === "ArrowFunctionExpression" && parent.parent.type === "NewExpression";
}

/** Does a callback hand its error on: to a `reject`, a `throw`, another callback? */
export function handsErrorOn(callback: TSESTree.Node, sourceCode: Source): boolean {
  if (!isFunctionExpression(callback)) return false;
  const [parameter] = callback.params;
  const variable = sourceCode.getDeclaredVariables(callback).find((declared) => declared.identifiers[0] === parameter);
  return (variable?.references ?? []).some(({ identifier: { parent } }) =>
    parent.type === "CallExpression" ? true : parent.type === "ThrowStatement",
  );
}
