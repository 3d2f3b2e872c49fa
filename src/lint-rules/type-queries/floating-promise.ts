import type { TSESTree } from "@typescript-eslint/utils";
import { getStaticPropertyName } from "../syntax/property-name.js";
import type { CheckedFile } from "../type-checker/checked-file.js";
import type { Type } from "../type-checker/types.js";
import { getApparentConstituents, getElementTypes, isCallable, isPromise, isThenable } from "./promise.js";
import { type TypeSpecifier, matchesSpecifier } from "./type-specifier.js";

/** What may float. */
export interface FloatingOptions {
  readonly allowForKnownSafeCalls?: readonly TypeSpecifier[];
  readonly allowForKnownSafePromises?: readonly TypeSpecifier[];
  readonly checkThenables?: boolean;
  readonly ignoreIIFE?: boolean;
  readonly ignoreVoid?: boolean;
}

/** A promise that nobody handles, several in an array, one whose handler is no function. */
export type Floating = "floating" | "floatingArray" | "uselessHandler";

/** Finds what floats in expressions whose value is dropped; the types of all of them are asked in one request. */
export class FloatingPromises {
  readonly #file: CheckedFile;
  readonly #options: FloatingOptions;
  readonly #types: ReadonlyMap<TSESTree.Node, Type | undefined>;

  constructor(file: CheckedFile, options: FloatingOptions, dropped: readonly TSESTree.Expression[]) {
    const expressions = dropped.map(skipChain);
    const types = file.getTypes(expressions);
    this.#file = file;
    this.#options = options;
    this.#types = new Map(expressions.map((expression, index) => [expression, types[index]]));
  }

  find(dropped: TSESTree.Expression): Floating | undefined {
    if (this.#options.ignoreIIFE && isAsyncIife(dropped)) return undefined;
    const expression = skipChain(dropped);
    return this.#isSafeCall(expression) ? undefined : this.#find(expression);
  }

  /** Is it a promise whatever happens, and not only one of a union? */
  isCertain(dropped: TSESTree.Expression): boolean {
    const type = this.#getType(skipChain(dropped));
    return type !== undefined && isPromise(type, this.#file.project);
  }

  #find(node: TSESTree.Expression): Floating | undefined {
    const expression = skipChain(node);
    if (expression.type === "AssignmentExpression") return undefined;
    if (expression.type === "SequenceExpression") return this.#findFirst(expression.expressions);
    if (expression.type === "UnaryExpression" && expression.operator === "void") {
      return this.#options.ignoreVoid === false ? this.#find(expression.argument) : undefined;
    }
    const type = this.#getType(expression);
    if (!type) return undefined;
    if (this.#isArrayOfPromises(type)) return "floatingArray";
    if (expression.type === "AwaitExpression" || !this.#isPromise(type)) return undefined;
    if (expression.type === "CallExpression") return this.#findInCall(expression);
    if (expression.type === "ConditionalExpression")
      return this.#findFirst([expression.alternate, expression.consequent]);
    if (expression.type === "LogicalExpression") return this.#findFirst([expression.left, expression.right]);
    return "floating";
  }

  /** `.catch(handler)` and `.then(…, handler)` handle a promise, and `.finally(…)` leaves it as it is. */
  #findInCall({ callee, arguments: [first, second] }: TSESTree.CallExpression): Floating | undefined {
    if (callee.type !== "MemberExpression") return "floating";
    const method = getStaticPropertyName(callee);
    const handler = method === "catch" ? first : method === "then" ? second : undefined;
    if (handler) return this.#isFunction(handler) ? undefined : "uselessHandler";
    return method === "finally" ? this.#find(callee.object) : "floating";
  }

  #findFirst(expressions: readonly TSESTree.Expression[]): Floating | undefined {
    for (const expression of expressions) {
      const found = this.#find(expression);
      if (found) return found;
    }
    return undefined;
  }

  #isSafeCall(expression: TSESTree.Expression): boolean {
    const { allowForKnownSafeCalls: safe = [] } = this.#options;
    if (safe.length === 0 || expression.type !== "CallExpression") return false;
    const type = this.#file.findType(expression.callee);
    return type !== undefined && matchesSpecifier(type, safe, this.#file.project);
  }

  #isPromise(type: Type): boolean {
    const { allowForKnownSafePromises: safe = [], checkThenables = false } = this.#options;
    const { project } = this.#file;
    if (safe.length > 0 && matchesSpecifier(type, safe, project)) return false;
    return getApparentConstituents(type, project).some(
      (member) => isPromise(member, project) || (checkThenables && isThenable(member, project)),
    );
  }

  #isArrayOfPromises(type: Type): boolean {
    const { project } = this.#file;
    return getApparentConstituents(type, project).some((member) =>
      getElementTypes(member, project).some((element) => this.#isPromise(element)),
    );
  }

  #isFunction(node: TSESTree.CallExpressionArgument): boolean {
    if (node.type === "SpreadElement") return false;
    const type = this.#file.findType(node);
    return type !== undefined && isCallable(type, this.#file.project);
  }

  #getType(expression: TSESTree.Expression): Type | undefined {
    return this.#types.has(expression) ? this.#types.get(expression) : this.#file.findType(expression);
  }
}

function skipChain(node: TSESTree.Expression): TSESTree.Expression {
  return node.type === "ChainExpression" ? node.expression : node;
}

function isAsyncIife({ type, ...node }: TSESTree.Expression): boolean {
  if (type !== "CallExpression") return false;
  const { callee } = node as TSESTree.CallExpression;
  return callee.type === "ArrowFunctionExpression" || callee.type === "FunctionExpression";
}
