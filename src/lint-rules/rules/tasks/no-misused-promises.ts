import type { TSESLint, TSESTree } from "@typescript-eslint/utils";
import { type RuleContext, defineRule } from "../../define-rule.js";
import { isInAsyncCode } from "../../syntax/async-code.js";
import { Conditions } from "../../syntax/conditions.js";
import { isWithoutExpectedType } from "../../syntax/expected-type.js";
import { getPropertyFunctionHead } from "../../syntax/function-head.js";
import {
  type FunctionNode,
  findFunctionAround,
  getShortBody,
  isFunctionExpression,
  isNoFunction,
  isNoPromise,
} from "../../syntax/function-value.js";
import { type ClassOrInterface, type Heir, getHeirs } from "../../syntax/heirs.js";
import { insertAwait } from "../../syntax/insert-await.js";
import { shorten } from "../../syntax/shorten.js";
import type { CheckedFile } from "../../type-checker/checked-file.js";
import { foreseeType, openFile } from "../../type-checker/open-file.js";
import type { Project, Type } from "../../type-checker/types.js";
import { isSometimesAwaitable } from "../../type-queries/awaitable.js";
import { findDecision, mayDecide } from "../../type-queries/deciding-callback.js";
import { dropsDispose, mayDropDispose } from "../../type-queries/dispose-method.js";
import { type FunctionPlace, isDroppedAt } from "../../type-queries/dropped-function.js";
import { type MisuseOptions, getMisuseChecks, misuseOptionsSchema } from "../../type-queries/misuse-options.js";
import { isEventHandler } from "../../type-queries/platform-member.js";
import { isPrintedAsPromise } from "../../type-queries/printed-promise.js";
import {
  type FunctionUse,
  type MisusedHeir,
  type ValueUse,
  findMisusedFunctions,
  findMisusedValues,
} from "../../type-queries/promise-misuse.js";
import { dropsResultOf } from "../../type-queries/void-argument.js";

type MessageId =
  | "addAwait"
  | "comparator"
  | "conditional"
  | "handler"
  | "predicate"
  | "spread"
  | "template"
  | "voidReturnArgument"
  | "voidReturnAttribute"
  | "voidReturnInheritedMethod"
  | "voidReturnProperty"
  | "voidReturnReturnValue"
  | "voidReturnVariable";

const drops = "drops the promise that this function returns, and its failure would go unhandled.";
const remedy = "Handle the promise inside and return nothing";

/**
 * Reports promises where only what they resolve to is of use (conditions, spreads, texts), and functions that return
 * one to a caller that drops it. It has the options of typescript-eslint's rule of this name and agrees with it; its own
 * are texts, `sort`, and what only looks like an array. It does not follow functions through `any` and `unknown`.
 */
export default defineRule<MessageId, [MisuseOptions?]>({
  name: "tasks/no-misused-promises",
  meta: {
    type: "problem",
    description: "Disallow promises in conditions, spreads and texts, and from functions whose result is dropped",
    hasSuggestions: true,
    messages: {
      addAwait: "Await it.",
      comparator:
        "`{{name}}` does not await its callback, and the promise that this one returns is no number. " +
        "Await what it compares by before.",
      conditional: "`{{expression}}` can be a promise, which counts as true whatever it resolves to. Await it.",
      handler: `\`{{name}}\` ${drops} ${remedy}.`,
      predicate:
        "`{{name}}` does not await its callback, and the promise that this one returns counts as true. " +
        "Await the results before, and choose by them.",
      spread: "`{{expression}}` can be a promise, and spreading one gives nothing of what it resolves to. Await it.",
      template: "`{{expression}}` can be a promise, which a text shows as `[object Promise]`. Await it.",
      voidReturnArgument: `\`{{name}}\` ${drops} ${remedy}, or await the work outside of a callback.`,
      voidReturnAttribute: `\`{{name}}\` ${drops} ${remedy}.`,
      voidReturnInheritedMethod:
        "By `{{heritageTypeName}}` this method returns nothing: its callers drop the promise, and its failure would go " +
        `unhandled. ${remedy}, or let both return a promise.`,
      voidReturnProperty: `Whoever calls \`{{name}}\` by its declared type ${drops} ${remedy}, or declare the promise.`,
      voidReturnReturnValue: `Whoever calls \`{{name}}\` by its declared type ${drops} ${remedy}, or declare the promise.`,
      voidReturnVariable: `Whoever calls \`{{name}}\` by its declared type ${drops} ${remedy}, or declare the promise.`,
    },
    schema: [misuseOptionsSchema],
  },
  create(context) {
    const { checksConditionals, checksSpreads, checksTemplates, isDropChecked, isMisusedCondition } = getMisuseChecks(
      context.options[0],
    );
    const isTypeScript = /\.[cm]?tsx?$/.test(context.filename);
    const conditions = new Conditions((node) => checksConditionals && foreseePromise(node));
    const values: ReportedValue[] = [];
    const functions: ReportedFunction[] = [];
    const heirs: Heir[] = [];
    const returned = new Map<FunctionNode, TSESTree.Expression[]>();

    const isUntyped = (node: TSESTree.Node) => isTypeScript && isWithoutExpectedType(node);

    function foreseePromise(node: TSESTree.Node): void {
      if (!isNoPromise(node)) foreseeType(context, node);
    }

    function foreseeFunction(node: TSESTree.Node): void {
      if (!isNoFunction(node)) foreseePromise(getShortBody(node) ?? node);
    }

    function addValue(value: ReportedValue): void {
      values.push(value);
      foreseeType(context, value.node);
    }

    function addFunction(place: FunctionPlace, use: Omit<ReportedFunction, "isMisused">): void {
      functions.push({ ...use, isMisused: (file) => isDroppedAt(place, file) });
      foreseeFunction(use.value);
    }

    return {
      "ConditionalExpression, DoWhileStatement, ForStatement, IfStatement, WhileStatement"({ test }: Tested) {
        if (test) conditions.addTest(test);
      },
      LogicalExpression: (node) => conditions.addLogical(node),
      UnaryExpression({ operator, argument }) {
        if (operator === "!") conditions.addTest(argument);
      },
      SpreadElement({ argument: node }) {
        if (checksSpreads) addValue(createValueUse("spread", node, isSometimesAwaitable));
      },
      TemplateLiteral({ expressions, parent }) {
        if (!checksTemplates || parent.type === "TaggedTemplateExpression") return;
        for (const node of expressions) addValue(createValueUse("template", node, isPrintedAsPromise));
      },
      "CallExpression, NewExpression"(call: TSESTree.CallExpression | TSESTree.NewExpression) {
        if (!isDropChecked("arguments")) return;
        for (const [index, value] of call.arguments.entries()) {
          const isMisused = (file: CheckedFile) => dropsResultOf(call, index, file);
          functions.push({ messageId: "voidReturnArgument", value, name: call.callee, isMisused });
          foreseeFunction(value);
        }
      },
      "CallExpression > MemberExpression.callee"(name: TSESTree.MemberExpression) {
        const [value] = (name.parent as TSESTree.CallExpression).arguments;
        if (!checksConditionals || !value || !mayDecide(name)) return;
        for (const messageId of ["comparator", "predicate"] as const) {
          const isMisused = (file: CheckedFile) => findDecision(name, file) === messageId;
          functions.push({ messageId, value, name, isMisused });
        }
      },
      AssignmentExpression(node) {
        const { left: name, right: value } = node;
        if (!isDropChecked("variables")) return;
        addFunction(node, { messageId: "voidReturnVariable", value, name });
        if (name.type !== "MemberExpression") return;
        functions.push({ messageId: "handler", value, name, isMisused: (file) => isEventHandler(name, file) });
      },
      VariableDeclarator(node) {
        const { id: name, init: value } = node;
        if (!value || !isDropChecked("variables")) return;
        if (mayDropDispose(node))
          values.push({
            messageId: "voidReturnVariable",
            node: value,
            isMisused: (type, file) => dropsDispose(node, type, file),
          });
        if (name.typeAnnotation) addFunction(node, { messageId: "voidReturnVariable", value, name });
      },
      JSXAttribute(node) {
        const { name, value: at } = node;
        if (at?.type !== "JSXExpressionContainer" || !isDropChecked("attributes")) return;
        addFunction(node, { messageId: "voidReturnAttribute", value: at.expression, at, name });
      },
      Property(node) {
        const { key: name, kind, method, parent, value } = node;
        if (parent.type !== "ObjectExpression" || kind !== "init" || !isDropChecked("properties")) return;
        if (isUntyped(value)) return;
        addFunction(node, { messageId: "voidReturnProperty", value: method ? name : value, at: value, name });
      },
      ReturnStatement(node) {
        const { argument: value } = node;
        const around = findFunctionAround(node);
        if (!value || !around) return;
        returned.set(around, [...(returned.get(around) ?? []), value]);
        if (!around.async && !around.returnType) foreseePromise(value);
        if (!isDropChecked("returns") || isUntyped(value)) return;
        addFunction(node, { messageId: "voidReturnReturnValue", value, name: value });
      },
      "ClassDeclaration, ClassExpression, TSInterfaceDeclaration"(node: ClassOrInterface) {
        if (isDropChecked("inheritedMethods")) heirs.push(...getHeirs(node));
      },
      "Program:exit"() {
        const tested = checksConditionals ? conditions.expressions.filter((node) => !isNoPromise(node)) : [];
        const uses = [...values, ...tested.map((node) => createValueUse("conditional", node, isMisusedCondition))];
        const file = uses.length + functions.length + heirs.length > 0 ? openFile(context) : undefined;
        if (!file) return;
        for (const use of findMisusedValues(uses, file)) reportValue(use, context);
        const misused = findMisusedFunctions(functions, heirs, returned, file);
        for (const use of misused.functions) reportFunction(use, context);
        for (const heir of misused.heirs) reportHeir(heir, context);
      },
    };
  },
});

type Context = RuleContext<MessageId, [MisuseOptions?]>;

type Tested = Pick<TSESTree.ForStatement, "test">;

interface ReportedValue extends ValueUse {
  readonly messageId: MessageId;
}

interface ReportedFunction extends FunctionUse {
  readonly messageId: MessageId;
  /** What is reported, where it is not the value. */
  readonly at?: TSESTree.Node;
  /** What drops the result, as the message names it. */
  readonly name: TSESTree.Node;
}

function createValueUse(
  messageId: MessageId,
  node: TSESTree.Node,
  isMisused: (type: Type, project: Project) => boolean,
): ReportedValue {
  return { messageId, node, isMisused: (type, { project }) => isMisused(type, project) };
}

function reportValue({ messageId, node }: ReportedValue, context: Context): void {
  if (messageId === "voidReturnVariable") {
    context.report({ node, messageId, data: { name: "[Symbol.dispose]" } });
    return;
  }
  const expression = shorten(context.sourceCode.getText(node));
  const canAwait = isInAsyncCode(node);
  const suggestion: TSESLint.SuggestionReportDescriptor<MessageId> = {
    messageId: "addAwait",
    fix: (fixer) => insertAwait(node as TSESTree.Expression, fixer),
  };
  context.report({ node, messageId, data: { expression }, suggest: canAwait ? [suggestion] : [] });
}

function reportFunction({ at, messageId, name, value }: ReportedFunction, context: Context): void {
  const { sourceCode } = context;
  const data = { name: name.type === "Identifier" ? name.name : shorten(sourceCode.getText(name)) };
  const place = at ?? value;
  if (messageId === "voidReturnProperty" && isFunctionExpression(place)) {
    const returnType = place.returnType?.typeAnnotation;
    context.report({ loc: returnType?.loc ?? getPropertyFunctionHead(place, sourceCode), messageId, data });
  } else context.report({ node: place, messageId, data });
}

function reportHeir({ above, member: node }: MisusedHeir, context: Context): void {
  for (const heritageTypeName of above)
    context.report({ node, messageId: "voidReturnInheritedMethod", data: { heritageTypeName } });
}
