import type { TSESTree } from "@typescript-eslint/utils";
import { getChainEnd, getChainStart } from "./promise-chain.js";
import { getStaticPropertyName } from "./property-name.js";

/** An expression that may begin work, and where its promise is put. */
export interface BegunTask {
  readonly value: TSESTree.Expression;
  /** The variable or field that gets it; `undefined` where `void` drops it. */
  readonly target: TSESTree.Node | undefined;
  /** The whole statement or expression that does nothing else. */
  readonly whole: TSESTree.Node | undefined;
}

/** The task that a node drops or stores, by syntax alone: what is stored has to begin with a call. */
export function findBegunTask(node: TSESTree.Node): BegunTask | undefined {
  if (node.type === "UnaryExpression" && node.operator === "void")
    return { value: node.argument, target: undefined, whole: node };
  const store = findStore(node);
  return store && isBeginning(getChainStart(store.value)) ? store : undefined;
}

function findStore(node: TSESTree.Node): BegunTask | undefined {
  if (node.type === "VariableDeclarator" && node.init && node.id.type === "Identifier") {
    const isAlone = node.parent.declarations.length === 1;
    return { value: node.init, target: node.id, whole: isAlone ? node.parent : undefined };
  }
  if (node.type === "PropertyDefinition" && node.value) return { value: node.value, target: node, whole: undefined };
  if (node.type !== "AssignmentExpression" || node.parent.type !== "ExpressionStatement") return undefined;
  return { value: node.right, target: node.left, whole: undefined };
}

/** Does the expression begin something, rather than name it? */
export function isBeginning({ type }: TSESTree.Expression): boolean {
  return beginnings.has(type);
}

const beginnings: ReadonlySet<string> = new Set([
  "CallExpression",
  "ImportExpression",
  "NewExpression",
  "TaggedTemplateExpression",
]);

/** What a conditional or a sequence may come to. */
export function getOutcomes(expression: TSESTree.Expression): TSESTree.Expression[] {
  const start = getChainStart(expression);
  if (start.type === "ConditionalExpression") return [start.consequent, start.alternate].flatMap(getOutcomes);
  if (start.type === "LogicalExpression") return [start.left, start.right].flatMap(getOutcomes);
  return start.type === "SequenceExpression" ? start.expressions.flatMap(getOutcomes) : [expression];
}

/** Where the value of a call goes: `"nowhere"`, into a variable or field, or to somebody who then has it. */
export function getDestination(node: TSESTree.CallExpression): TSESTree.Node | "nowhere" | undefined {
  const { parent } = getChainEnd(node);
  if (!parent) return undefined;
  if (parent.type === "ExpressionStatement") return "nowhere";
  if (parent.type === "UnaryExpression" && parent.operator === "void") return "nowhere";
  return findStore(parent)?.target;
}

/** `loader` of `this.#loader`, as a message names it. */
export function getTargetText(target: TSESTree.Node, getText: (node: TSESTree.Node) => string): string {
  return getText(target.type === "PropertyDefinition" ? target.key : target);
}

/** The event of `socket.onmessage = …`; `undefined` for every other assignment. */
export function findHandledEvent({ left, operator }: TSESTree.AssignmentExpression): string | undefined {
  const name = left.type === "MemberExpression" && operator === "=" ? getStaticPropertyName(left) : undefined;
  return name && /^on([a-z]+)$/.exec(name)?.[1];
}
