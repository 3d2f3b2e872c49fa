import type { JSONSchema, TSESLint, TSESTree } from "@typescript-eslint/utils";
import { type RuleContext, defineRule } from "../../define-rule.js";
import { isInAsyncCode } from "../../syntax/async-code.js";
import { findBegunTask } from "../../syntax/begun-task.js";
import { type Dropped, findDropped } from "../../syntax/dropped-promise.js";
import { insertAwait } from "../../syntax/insert-await.js";
import { runInBackground } from "../../syntax/run-in-background.js";
import { shorten } from "../../syntax/shorten.js";
import type { CheckedFile } from "../../type-checker/checked-file.js";
import { foreseeType, openFile } from "../../type-checker/open-file.js";
import { type Floating, type FloatingOptions, FloatingPromises } from "../../type-queries/floating-promise.js";
import { isModuleCode } from "../../type-queries/module-code.js";
import { findTaskOwner } from "../../type-queries/task-owner.js";
import { typeSpecifiersSchema } from "../../type-queries/type-specifier.js";

interface Options extends FloatingOptions {
  readonly checkUnused?: boolean;
}

type MessageId = Floating | "unused" | "addAwait" | "runInOwner";
type Context = RuleContext<MessageId, [Options?]>;

const optionSchemas: Record<keyof Options, JSONSchema.JSONSchema4> = {
  allowForKnownSafeCalls: typeSpecifiersSchema,
  allowForKnownSafePromises: typeSpecifiersSchema,
  checkThenables: { type: "boolean" },
  checkUnused: { type: "boolean" },
  ignoreIIFE: { type: "boolean" },
  ignoreVoid: { type: "boolean" },
};

/**
 * Reports statements whose promise nobody awaits, returns or handles, also in arrays of promises: all that
 * typescript-eslint's rule of this name reports, with its options. Beyond that, promises in literals that are dropped, and
 * in variables that nobody reads; in module code most of these are for `no-detached-task`.
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
      unused:
        "Nobody awaits the promise of `{{expression}}`, and nobody reads `{{name}}`: its failure would go unhandled. " +
        "Await it, return it, or hand it to a task group.",
      addAwait: "Await it.",
      runInOwner: "Run it in `{{owner}}`.",
    },
    schema: [{ type: "object", additionalProperties: false, properties: optionSchemas }],
  },
  create(context) {
    const { sourceCode } = context;
    const options = context.options[0] ?? {};
    const dropped: Dropped[] = [];
    const add = (value: Dropped): void => {
      dropped.push(value);
      foreseeType(context, value.expression);
    };
    const collect = (node: TSESTree.Node): void => {
      for (const value of findDropped(node, sourceCode)) {
        if (value.isStatement || options.checkUnused !== false) add(value);
      }
    };
    return {
      ExpressionStatement: collect,
      VariableDeclarator: collect,
      "ArrowFunctionExpression > UnaryExpression.body"(expression: TSESTree.UnaryExpression) {
        if (expression.operator === "void") add({ expression, isStatement: true });
      },
      "Program:exit"(program) {
        const file = dropped.length > 0 ? openFile(context) : undefined;
        if (!file) return;
        const isStored = ({ store }: Dropped) => store !== undefined && findBegunTask(store) !== undefined;
        const isElsewhere = dropped.some(isStored) && isModuleCode(program, file);
        const own = dropped.filter((value) => !isElsewhere || !isStored(value));
        const floating = new FloatingPromises(
          file,
          options,
          own.map(({ expression }) => expression),
        );
        for (const value of own) {
          const found = floating.find(value.expression);
          if (found) report(value, found, floating.isCertain(value.expression), file, context);
        }
      },
    };
  },
});

function report(value: Dropped, found: Floating, isCertain: boolean, file: CheckedFile, context: Context): void {
  const { expression, store } = value;
  const { parent } = expression;
  const name = store && (store.type === "VariableDeclarator" ? store.id : store.left);
  const data = { expression: shorten(context.sourceCode.getText(expression)) };
  context.report({
    node: name ?? (parent.type === "ExpressionStatement" ? parent : expression),
    ...(name && found === "floating"
      ? { messageId: "unused", data: { ...data, name: context.sourceCode.getText(name) } }
      : { messageId: found, data }),
    suggest: found === "floating" ? getSuggestions(value, isCertain, file, context) : [],
  });
}

function getSuggestions({ expression, store }: Dropped, isCertain: boolean, file: CheckedFile, context: Context) {
  const suggestions: TSESLint.SuggestionReportDescriptor<MessageId>[] = [];
  if (isInAsyncCode(expression))
    suggestions.push({ messageId: "addAwait", fix: (fixer) => insertAwait(expression, fixer) });
  const whole = store ? store.parent : expression.parent;
  const owner = isCertain && isStatement(whole) ? findTaskOwner(expression, file, context.sourceCode) : undefined;
  const fix = owner && runInBackground(expression, whole, owner, context.sourceCode);
  if (owner && fix)
    suggestions.push({ messageId: "runInOwner", data: { owner: `${owner.name}.${owner.method}` }, fix });
  return suggestions;
}

function isStatement(node: TSESTree.Node): boolean {
  if (node.type === "VariableDeclaration")
    return node.declarations.length === 1 && /^(?:Block|Program)/.test(node.parent.type);
  return node.type === "ExpressionStatement";
}
