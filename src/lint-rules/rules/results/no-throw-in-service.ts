import type { TSESTree } from "@typescript-eslint/utils";
import { type CallGraph, getCallGraph } from "../../call-graph/call-graph.js";
import { findExitOfError } from "../../call-graph/find-exit.js";
import { isFunctionWithBody } from "../../call-graph/function-with-body.js";
import { createRejectionPaths, findExit, findRejectingCall } from "../../call-graph/find-rejection.js";
import { findPublicMethods } from "../../call-graph/service-code.js";
import type { Call } from "../../call-graph/unit.js";
import { printWay } from "../../call-graph/way.js";
import { type RuleContext, defineRule } from "../../define-rule.js";
import { attemptCall } from "../../syntax/attempt-call.js";
import { getLocation } from "../../syntax/location.js";
import { isTestFile } from "../../syntax/test-file.js";
import type { Node } from "../../type-checker/ast.js";
import type { CheckedFile } from "../../type-checker/checked-file.js";
import { openFile } from "../../type-checker/open-file.js";

type MessageId = "throws" | "rejects" | "reaches" | "attempt";

const ruleName = "no-throw-in-service";

/**
 * Reports what a public method of a service throws, and what it awaits of functions outside of the workspace that may
 * reject, also behind helpers, with the path: callers look at the Result and catch nothing. A call in a `try` with a
 * `catch`, with a handler, or in `Result.attempt` is taken care of. Tests, whose fakes throw on purpose, are left out.
 */
export default defineRule<MessageId, []>({
  name: "results/no-throw-in-service",
  meta: {
    type: "problem",
    description: "Disallow exceptions and rejections that leave a public service method",
    hasSuggestions: true,
    messages: {
      throws:
        "`{{method}}` throws, but its callers look at its Result and catch nothing. " +
        "Return `Result.error(code, message)` instead.",
      rejects:
        "`{{label}}` may reject, and `{{method}}` with it, but its callers look at its Result and catch nothing. " +
        "Call it in `Result.attempt(code, () => …)`.",
      reaches:
        "This may fail, and `{{method}}` would throw it, but its callers look at its Result and catch nothing: " +
        "`{{label}}`. Call it in `Result.attempt(code, () => …)`, here or there.",
      attempt: "Attempt it, and return its Failure.",
    },
    schema: [],
  },
  create(context) {
    if (isTestFile(context.filename)) return {};
    const throws: TSESTree.ThrowStatement[] = [];
    const awaited = new Map<number, TSESTree.AwaitExpression>();
    let hasCandidate = context.sourceCode.text.includes(ruleName);
    return {
      "ClassDeclaration[superClass!=null], ClassExpression[superClass!=null]"() {
        hasCandidate = true;
      },
      ThrowStatement: (node) => void throws.push(node),
      AwaitExpression: (node) => void awaited.set(node.argument.range[0], node),
      "Program:exit"() {
        const file = hasCandidate ? openFile(context) : undefined;
        if (!file) return;
        const graph = getCallGraph(file.project);
        const methods = findPublicMethods(file.sourceFile, graph);
        reportThrows(throws, methods, graph, file, context);
        for (const call of graph.getUnits(file.sourceFile).flatMap(({ calls }) => calls))
          reportCall(call, methods, awaited, graph, context);
      },
    };
  },
});

type Context = RuleContext<MessageId, []>;
/** The names of public methods, by the function that each of them is. */
type Methods = ReadonlyMap<Node, string>;

function reportThrows(
  throws: readonly TSESTree.ThrowStatement[],
  methods: Methods,
  graph: CallGraph,
  file: CheckedFile,
  context: Context,
): void {
  for (const statement of throws) {
    const node = file.find(statement);
    const exit = node && findExitOfError(node, graph);
    const method = exit && (methods.get(exit) ?? (graph.isSilenced({ node }, ruleName) ? "" : undefined));
    if (method !== undefined) context.report({ node: statement, messageId: "throws", data: { method } });
  }
}

/**
 * A silenced end of a path is reported in whatever code, so that its comment counts as used. A function that is called
 * where it stands is no step of a path: its own calls are asked for by themselves.
 */
function reportCall(
  call: Call,
  methods: Methods,
  awaited: ReadonlyMap<number, TSESTree.AwaitExpression>,
  graph: CallGraph,
  context: Context,
): void {
  const exit = findExit(call, graph);
  const method = exit && (methods.get(exit) ?? (graph.isSilenced(call, ruleName) ? "" : undefined));
  if (method === undefined || isFunctionWithBody(call.callee)) return;
  const rejecting = findRejectingCall(call, graph);
  const paths = graph.remember(ruleName, () => createRejectionPaths(ruleName, graph));
  const way = rejecting === undefined ? paths.find(call)?.way : [{ name: rejecting, node: call.node }];
  if (!way) return;
  const attempted = awaited.get(call.node.getStart());
  const fix = attempted?.argument.range[1] === call.node.end ? attemptCall(attempted, context.sourceCode) : undefined;
  context.report({
    loc: getLocation(call.node, context.sourceCode),
    messageId: rejecting === undefined ? "reaches" : "rejects",
    data: { label: printWay(way), method },
    way,
    suggest: fix ? [{ messageId: "attempt", fix }] : [],
  });
}
