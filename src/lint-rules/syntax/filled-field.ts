import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { findEnclosingFunction } from "./enclosing-function.js";
import { getStaticPropertyName } from "./property-name.js";

export type Write = TSESTree.AssignmentExpression | TSESTree.UpdateExpression;

/** The member that is written, as of `this.#rates = …` and `counts.reads++`. */
export function findWrittenMember(write: Write): TSESTree.MemberExpression | undefined {
  const target = write.type === "UpdateExpression" ? write.argument : write.left;
  return target.type === "MemberExpression" ? target : undefined;
}

/** Is a field written with what had to be waited for, by an async function or a callback of `then`? */
export function isWrittenAfterWaiting(write: Write): boolean {
  const within = findEnclosingFunction(write);
  if (within?.async) return true;
  const call = within?.parent;
  return call?.type === "CallExpression" && call.callee.type === "MemberExpression"
    ? getStaticPropertyName(call.callee) === "then"
    : false;
}

/**
 * Where code fills a field once, from the question whether it is filled to the end of the assignment:
 * `this.#rates ??= load()`, `if (!this.#rates) this.#rates = load()`.
 */
export function findFilling(
  write: Write,
  within: TSESTree.Node,
  sourceCode: Readonly<TSESLint.SourceCode>,
): TSESTree.Range | undefined {
  const member = findWrittenMember(write);
  if (member?.object.type !== "ThisExpression" || write.type === "UpdateExpression") return undefined;
  if (write.operator === "??=" || write.operator === "||=") return write.range;
  if (write.operator !== "=") return undefined;
  const field = sourceCode.getText(member);
  const test = findTests(write, within).find((candidate) => sourceCode.getText(candidate).includes(field));
  return test && [test.range[0], write.range[1]];
}

/** The conditions around or before a node that decide whether it is reached. */
function findTests(from: TSESTree.Node, within: TSESTree.Node): TSESTree.Node[] {
  const tests: TSESTree.Node[] = [];
  for (let node = from; node !== within && node.parent; node = node.parent) {
    const { parent } = node;
    if (parent.type === "LogicalExpression") tests.push(parent.left);
    if (parent.type === "IfStatement" || parent.type === "ConditionalExpression") tests.push(parent.test);
    if (parent.type !== "BlockStatement") continue;
    const earlier = parent.body.slice(0, parent.body.indexOf(node as TSESTree.Statement));
    for (const statement of earlier) if (statement.type === "IfStatement") tests.push(statement.test);
  }
  return tests;
}
