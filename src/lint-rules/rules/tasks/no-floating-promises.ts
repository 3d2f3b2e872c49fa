import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { type RuleContext, defineRule } from "../../define-rule.js";
import { isInAsyncCode } from "../../syntax/async-code.js";
import { insertAwait } from "../../syntax/insert-await.js";
import { getStaticPropertyName } from "../../syntax/property-name.js";
import { shorten } from "../../syntax/shorten.js";
import type { CheckedFile } from "../../type-checker/checked-file.js";
import { foreseeType, openFile } from "../../type-checker/open-file.js";
import type { Type } from "../../type-checker/types.js";
import {
  getApparentConstituents,
  getElementTypes,
  isCallable,
  isPromise,
  isThenable,
} from "../../type-queries/promise.js";
import { type TypeSpecifier, matchesSpecifier, typeSpecifiersSchema } from "../../type-queries/type-specifier.js";

interface Options {
  readonly allowForKnownSafeCalls?: readonly TypeSpecifier[];
  readonly allowForKnownSafePromises?: readonly TypeSpecifier[];
  readonly checkThenables?: boolean;
  readonly ignoreIIFE?: boolean;
  readonly ignoreVoid?: boolean;
}

type MessageId = "floating" | "floatingArray" | "uselessHandler" | "addAwait";

/**
 * Reports statements whose promise nobody awaits, returns or handles, also in arrays of promises. It has the options
 * of typescript-eslint's rule of this name, and on its defaults it agrees with it.
 */
export default defineRule<MessageId, [Options?]>({
  name: "tasks/no-floating-promises",
  meta: {
    type: "problem",
    description: "Disallow promises that nobody awaits, returns or handles",
    hasSuggestions: true,
    messages: {
      floating:
        "Nobody awaits the promise of `{{expression}}`: its failure would go unhandled. " +
        "Await it, return it, or hand it to a task group.",
      floatingArray:
        "Nobody awaits the promises in `{{expression}}`: their failures would go unhandled. " +
        "Await them together with `Promise.all`.",
      uselessHandler:
        "The rejection handler of `{{expression}}` is not a function: a failure would go unhandled. " +
        "Give it a function, or await the promise.",
      addAwait: "Await it.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          allowForKnownSafeCalls: typeSpecifiersSchema,
          allowForKnownSafePromises: typeSpecifiersSchema,
          checkThenables: { type: "boolean" },
          ignoreIIFE: { type: "boolean" },
          ignoreVoid: { type: "boolean" },
        },
      },
    ],
  },
  create(context) {
    const statements: TSESTree.Expression[] = [];
    const add = (statement: TSESTree.Expression): void => {
      statements.push(statement);
      foreseeType(context, skipChain(statement));
    };
    return {
      ExpressionStatement({ expression }) {
        if (mayFloat(expression)) add(expression);
      },
      "ArrowFunctionExpression > UnaryExpression.body"(expression: TSESTree.UnaryExpression) {
        if (expression.operator === "void") add(expression);
      },
      "Program:exit"() {
        const file = statements.length > 0 ? openFile(context) : undefined;
        if (!file) return;
        const floating = new FloatingPromises(file, context.options[0] ?? {}, statements);
        for (const expression of statements) {
          const messageId = floating.find(expression);
          if (messageId) report(expression, messageId, context);
        }
      },
    };
  },
});

/** What is left of the statements without those whose value is no promise by their form. */
function mayFloat({ type }: TSESTree.Expression): boolean {
  return type !== "AssignmentExpression" && type !== "Literal" && type !== "UpdateExpression";
}

function report(expression: TSESTree.Expression, messageId: MessageId, context: RuleContext<MessageId, [Options?]>) {
  const { sourceCode } = context;
  const canAwait = messageId === "floating" && isInAsyncCode(expression);
  const suggestion: TSESLint.SuggestionReportDescriptor<MessageId> = {
    messageId: "addAwait",
    fix: (fixer) => insertAwait(expression, fixer),
  };
  context.report({
    node: expression.parent.type === "ExpressionStatement" ? expression.parent : expression,
    messageId,
    data: { expression: shorten(sourceCode.getText(expression)) },
    suggest: canAwait ? [suggestion] : [],
  });
}

/** Finds what is floating in an expression; the types of the statements are asked in one request. */
class FloatingPromises {
  readonly #file: CheckedFile;
  readonly #options: Options;
  readonly #types: ReadonlyMap<TSESTree.Node, Type | undefined>;

  constructor(file: CheckedFile, options: Options, statements: readonly TSESTree.Expression[]) {
    const expressions = statements.map(skipChain);
    const types = file.getTypes(expressions);
    this.#file = file;
    this.#options = options;
    this.#types = new Map(expressions.map((expression, index) => [expression, types[index]]));
  }

  find(statement: TSESTree.Expression): MessageId | undefined {
    if (this.#options.ignoreIIFE && isAsyncIife(statement)) return undefined;
    const expression = skipChain(statement);
    return this.#isSafeCall(expression) ? undefined : this.#find(expression);
  }

  #find(node: TSESTree.Expression): MessageId | undefined {
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
  #findInCall({ callee, arguments: [first, second] }: TSESTree.CallExpression): MessageId | undefined {
    if (callee.type !== "MemberExpression") return "floating";
    const method = getStaticPropertyName(callee);
    const handler = method === "catch" ? first : method === "then" ? second : undefined;
    if (handler) return this.#isFunction(handler) ? undefined : "uselessHandler";
    return method === "finally" ? this.#find(callee.object) : "floating";
  }

  #findFirst(expressions: readonly TSESTree.Expression[]): MessageId | undefined {
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
