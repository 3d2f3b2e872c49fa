import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { getCalledName } from "./acquisition.js";
import { isFunctionExpression } from "./function-value.js";
import { isTransactionName } from "./transaction.js";

/** `const rates = await loadRates(day);` and the call that it awaits. */
export interface AwaitedRead {
  readonly statement: TSESTree.VariableDeclaration;
  readonly target: TSESTree.VariableDeclarator["id"];
  readonly call: TSESTree.CallExpression;
}

/** The read that a statement awaits, and does nothing else; by name and form alone. */
export function findAwaitedRead(statement: TSESTree.Node): AwaitedRead | undefined {
  if (statement.type !== "VariableDeclaration" || !/^(?:const|let)$/.test(statement.kind)) return undefined;
  const [declarator, other] = statement.declarations;
  if (other || declarator?.init?.type !== "AwaitExpression") return undefined;
  const { argument } = declarator.init;
  return isReadingCall(argument) ? { statement, target: declarator.id, call: argument } : undefined;
}

/** Does the call say by its name that it reads, and is it given nothing that runs? */
export function isReadingCall(node: TSESTree.Expression): node is TSESTree.CallExpression {
  if (node.type !== "CallExpression" || node.arguments.some(isFunctionExpression)) return false;
  const name = getCalledName(node) ?? "";
  return reads.test(name) && !changes.test(name);
}

const reads = /^(?:count|fetch|find|get|list|load|lookup|lstat|read|readdir|readlink|realpath|search|stat)(?![a-z])/;

/** What such a name goes on with where more is done than reading, or where the next call gets something else. */
const changes = /(?:And|Client|Connection|Cursor|Lease|Lock|Next|Or|Permit|Reader|Session|Transaction|Writer)(?![a-z])/;

/** May the call be part of a transaction, whose connection answers one call after another? */
export function isInTransaction(call: TSESTree.CallExpression, sourceCode: Readonly<TSESLint.SourceCode>): boolean {
  if (/\b(?:conn|connection|session|transaction|trx|tx)\b/i.test(sourceCode.getText(call))) return true;
  for (let node: TSESTree.Node = call; node.parent; node = node.parent) {
    const { parent } = node;
    const isArgument = parent.type === "CallExpression" && parent.callee !== node;
    if (isArgument && isTransactionName(getCalledName(parent) ?? "")) return true;
    if (parent.type === "MethodDefinition" && parent.decorators.some(isTransactional)) return true;
  }
  return false;
}

function isTransactional({ expression }: TSESTree.Decorator): boolean {
  if (expression.type === "Identifier") return isTransactionName(expression.name);
  return expression.type === "CallExpression" && isTransactionName(getCalledName(expression) ?? "");
}
