import type { TSESTree } from "@typescript-eslint/utils";
import { getStaticPropertyName } from "./property-name.js";
import { skipWrappers } from "./skip-wrappers.js";

/** The call by which an expression makes or acquires something: `new Pool()`, `await pool.acquire()`, `open("a")`. */
export function findAcquisition(
  expression: TSESTree.Node,
): TSESTree.CallExpression | TSESTree.NewExpression | undefined {
  const node = skipWrappers(expression);
  if (node.type === "AwaitExpression") return findAcquisition(node.argument);
  if (node.type === "NewExpression") return node;
  return node.type === "CallExpression" && acquires.test(getCalledName(node) ?? "") ? node : undefined;
}

/** A function of such a name gives what its caller then holds; `getPool` and `findPool` give what others hold. */
const acquires =
  /^(?:try)?(?:[aA]cquire|[bB]orrow|[cC]heckout|[cC]onnect|[cC]reate|getConnection|[lL]ease|[lL]ock|[oO]pen(?:dir)?|[rR]eserve)(?![a-z])/;

/** The last name of what is called: `acquire` of `this.pool.acquire()`. */
export function getCalledName({ callee }: TSESTree.CallExpression): string | undefined {
  const node = skipWrappers(callee);
  if (node.type === "Identifier") return node.name;
  return node.type === "MemberExpression" ? getStaticPropertyName(node) : undefined;
}
