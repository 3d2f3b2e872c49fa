import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { type AwaitedRead, findAwaitedRead, isInTransaction, isReadingCall } from "./reading-call.js";

type Source = Readonly<TSESLint.SourceCode>;

/** Reads in statements that follow each other, of which none uses what another one gives. */
export function findIndependentReads(statements: readonly TSESTree.Node[], sourceCode: Source): AwaitedRead[][] {
  const groups: AwaitedRead[][] = [[]];
  for (const statement of statements) {
    const read = findAwaitedRead(statement);
    const group = groups.at(-1) ?? [];
    if (!read || isInTransaction(read.call, sourceCode)) groups.push([]);
    else if (group.every((earlier) => areIndependent(earlier, read, sourceCode))) group.push(read);
    else groups.push([read]);
  }
  return groups.filter(({ length }) => length > 1);
}

/** A call that is repeated word for word is meant to give something else the second time. */
function areIndependent(earlier: AwaitedRead, later: AwaitedRead, sourceCode: Source): boolean {
  if (sourceCode.getText(earlier.call) === sourceCode.getText(later.call)) return false;
  return sourceCode
    .getDeclaredVariables(earlier.statement)
    .every(({ references }) => references.every(({ identifier }) => !isWithin(identifier, later.statement)));
}

/** `for (const id of ids) users.push(await findUser(id));` */
export interface CollectingLoop {
  readonly loop: TSESTree.ForOfStatement;
  readonly call: TSESTree.CallExpression;
  /** What is pushed to. */
  readonly list: TSESTree.Identifier;
  readonly item: TSESTree.VariableDeclarator["id"];
}

/** A loop that does nothing but collect what a read gives for each item. */
export function findCollectingLoop(loop: TSESTree.ForOfStatement, sourceCode: Source): CollectingLoop | undefined {
  const { body, left } = loop;
  if (loop.await || left.type !== "VariableDeclaration" || !left.declarations[0]) return undefined;
  const collected = findCollected(body.type === "BlockStatement" ? body.body : [body]);
  if (!collected || isInTransaction(collected.call, sourceCode)) return undefined;
  const { call, list } = collected;
  const usesItem = sourceCode
    .getDeclaredVariables(left)
    .some(({ references }) => references.some(({ identifier }) => isWithin(identifier, call)));
  const name = new RegExp(`\\b${list.name.replaceAll("$", "\\$")}\\b`);
  const isListAlone = !name.test(sourceCode.getText(call)) && !name.test(sourceCode.getText(loop.right));
  return usesItem && isListAlone ? { loop, call, list, item: left.declarations[0].id } : undefined;
}

function findCollected([first, second, third]: readonly TSESTree.Statement[]) {
  if (!first || third) return undefined;
  const pushed = findPushed(second ?? first);
  if (!second) {
    if (pushed?.value.type !== "AwaitExpression" || !isReadingCall(pushed.value.argument)) return undefined;
    return { call: pushed.value.argument, list: pushed.list };
  }
  const read = findAwaitedRead(first);
  if (!read || read.target.type !== "Identifier" || pushed?.value.type !== "Identifier") return undefined;
  return pushed.value.name === read.target.name ? { call: read.call, list: pushed.list } : undefined;
}

function findPushed(statement: TSESTree.Statement) {
  if (statement.type !== "ExpressionStatement" || statement.expression.type !== "CallExpression") return undefined;
  const { arguments: args, callee } = statement.expression;
  const [value, other] = args;
  if (!value || other || callee.type !== "MemberExpression" || callee.object.type !== "Identifier") return undefined;
  const isPush = callee.property.type === "Identifier" && callee.property.name === "push" && !callee.computed;
  return isPush ? { value, list: callee.object } : undefined;
}

function isWithin({ range }: TSESTree.Node, outer: TSESTree.Node): boolean {
  return outer.range[0] <= range[0] && range[1] <= outer.range[1];
}
