import type { TSESTree } from "@typescript-eslint/utils";
import { type RuleContext, defineRule } from "../../define-rule.js";
import { resultData } from "../../runtime-vocabulary.js";
import { type DroppedValue, getDropped } from "../../syntax/dropped-value.js";
import { getStaticPropertyName } from "../../syntax/property-name.js";
import { shorten } from "../../syntax/shorten.js";
import { isTestFile } from "../../syntax/test-file.js";
import { findUncheckedSource, takesOnlyData } from "../../syntax/unchecked-data.js";
import type { CheckedFile } from "../../type-checker/checked-file.js";
import { openFile } from "../../type-checker/open-file.js";
import type { Type } from "../../type-checker/types.js";
import { getApparentConstituents, getElementTypes } from "../../type-queries/promise.js";
import { isAwaitableResult, mayBeFailure, mayPromiseFailure } from "../../type-queries/result-type.js";
import { dropsResultOf } from "../../type-queries/void-argument.js";

type MessageId = "dropped" | "droppedList" | "droppedPromise" | "droppedByCall" | "unchecked";

/**
 * Reports Results that nobody looks at, also in lists and behind `void`, and `data` that is read unchecked where a cast
 * hides it from TypeScript: a Failure would go unnoticed. `void` before an awaited Result drops it on purpose. Tests are
 * left out, and so are promises that nobody awaits: `no-floating-promises` reports these.
 */
export default defineRule<MessageId, []>({
  name: "results/no-unhandled-result",
  meta: {
    type: "problem",
    description: "Disallow Results that nobody looks at",
    messages: {
      dropped:
        "Nobody looks at the Result of `{{expression}}`: a Failure would go unnoticed. " +
        "Check it or return it; `{{mark}}` says that it may be dropped.",
      droppedList:
        "Nobody looks at the Results in `{{expression}}`: a Failure would go unnoticed. " +
        "Check each of them, or combine them with `Result.all`.",
      droppedPromise:
        "Nobody looks at the Result that `{{expression}}` promises: a Failure rejects nothing and would go unnoticed. " +
        "Await it and check it, or begin it with `context.background`.",
      droppedByCall:
        "`{{call}}` drops the Result of `{{expression}}`: a Failure would go unnoticed. Check it in the callback.",
      unchecked:
        "`{{expression}}` may be a Failure, which has no `data`, and nothing checks it. Check its `success` first.",
    },
    schema: [],
  },
  create(context) {
    if (isTestFile(context.filename)) return {};
    const isJavaScript = /\.[cm]?jsx?$/.test(context.filename);
    const dropped: DroppedValue[] = [];
    const returned: TSESTree.Expression[] = [];
    const sources: TSESTree.Node[] = [];
    const addSource = (object: TSESTree.Expression) => {
      const source = findUncheckedSource(object, context.sourceCode, isJavaScript);
      if (source) sources.push(source);
    };
    return {
      ExpressionStatement: ({ expression }) => void dropped.push(...getDropped(expression)),
      SequenceExpression: ({ expressions }) =>
        void dropped.push(...expressions.slice(0, -1).flatMap((expression) => getDropped(expression))),
      "ArrowFunctionExpression > UnaryExpression.body": (body: TSESTree.UnaryExpression) =>
        void dropped.push(...getDropped(body)),
      "CallExpression > ArrowFunctionExpression[async=false] > CallExpression.body": (body: TSESTree.CallExpression) =>
        void returned.push(body),
      MemberExpression(node) {
        if (getStaticPropertyName(node) === resultData) addSource(node.object);
      },
      VariableDeclarator({ id, init }) {
        if (init && id.type === "ObjectPattern" && takesOnlyData(id)) addSource(init);
      },
      "Program:exit"() {
        const nodes = [...dropped.map(({ node }) => node), ...returned, ...sources];
        const file = nodes.length > 0 ? openFile(context) : undefined;
        if (!file) return;
        const types = file.getTypes(nodes);
        for (const value of dropped) reportDropped(value, types.shift(), file, context);
        for (const body of returned) reportReturned(body, types.shift(), file, context);
        for (const source of sources) {
          const type = types.shift();
          if (type && mayBeFailure(type, file.project)) report(source, "unchecked", context);
        }
      },
    };
  },
});

type Context = RuleContext<MessageId, []>;

function reportDropped({ node, isVoid }: DroppedValue, type: Type | undefined, file: CheckedFile, context: Context) {
  if (!type) return;
  const { project } = file;
  const isWaitedFor = !isVoid && !isHandled(node) && !mayBeAwaitable(type, file);
  if (!isWaitedFor && mayPromiseFailure(type, project)) report(node, "droppedPromise", context);
  else if (isVoid) return;
  else if (mayBeFailure(type, project)) report(node, "dropped", context, { mark: getMark(node, context) });
  else if (mayHoldFailure(type, file)) report(node, "droppedList", context);
}

/** `save().catch(warn)` is nobody's floating promise, but `warn` does not see a Failure. */
function isHandled(node: TSESTree.Node): boolean {
  if (node.type !== "CallExpression" || node.callee.type !== "MemberExpression") return false;
  const method = getStaticPropertyName(node.callee);
  return (method === "catch" && node.arguments.length > 0) || (method === "then" && node.arguments.length > 1);
}

function mayBeAwaitable(type: Type, { project }: CheckedFile): boolean {
  return getApparentConstituents(type, project).some((member) => isAwaitableResult(member, project));
}

function getMark(node: TSESTree.Node, { sourceCode }: Context): string {
  const text = shorten(sourceCode.getText(node));
  return node.type === "AwaitExpression" ? `void (${text})` : `void ${text}`;
}

function mayHoldFailure(type: Type, { project }: CheckedFile): boolean {
  return getApparentConstituents(type, project)
    .flatMap((member) => getElementTypes(member, project))
    .some((element) => mayBeFailure(element, project));
}

/** The value of a callback such as that of `forEach`, when its caller drops it. */
function reportReturned(body: TSESTree.Expression, type: Type | undefined, file: CheckedFile, context: Context): void {
  const callback = body.parent as TSESTree.ArrowFunctionExpression;
  const call = callback.parent as TSESTree.CallExpression;
  const index = call.arguments.indexOf(callback);
  if (!type || !mayBeFailure(type, file.project) || !dropsResultOf(call, index, file)) return;
  report(body, "droppedByCall", context, { call: shorten(context.sourceCode.getText(call.callee)) });
}

function report(node: TSESTree.Node, messageId: MessageId, context: Context, data: Record<string, string> = {}): void {
  const expression = shorten(context.sourceCode.getText(node));
  context.report({ node, messageId, data: { expression, ...data } });
}
