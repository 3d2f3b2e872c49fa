import type { TSESTree } from "@typescript-eslint/utils";

/** The expressions of a file that are taken for true or false, in the order in which they are met from the outside in. */
export class Conditions {
  readonly expressions: TSESTree.Expression[] = [];
  readonly #seen = new Set<TSESTree.Expression>();
  readonly #meet: (expression: TSESTree.Expression) => void;

  /** Each expression is handed to `meet` at once. */
  constructor(meet: (expression: TSESTree.Expression) => void) {
    this.#meet = meet;
  }

  /** Adds a whole test, as that of an `if`: both sides of `&&`, `||` and `??` decide. */
  addTest(expression: TSESTree.Expression): void {
    this.#add(expression, true);
  }

  /** Adds an expression outside of a test: of `a && b` only `a` decides, of `a ?? b` neither. */
  addLogical(expression: TSESTree.LogicalExpression): void {
    this.#add(expression, false);
  }

  #add(expression: TSESTree.Expression, isTest: boolean): void {
    if (this.#seen.has(expression)) return;
    this.#seen.add(expression);
    if (expression.type !== "LogicalExpression") {
      this.expressions.push(expression);
      this.#meet(expression);
      return;
    }
    if (isTest || expression.operator !== "??") this.#add(expression.left, isTest);
    if (isTest) this.#add(expression.right, isTest);
  }
}
