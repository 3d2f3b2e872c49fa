import type { JSONSchema, TSESTree } from "@typescript-eslint/utils";
import { type CallGraph, getCallGraph } from "../../call-graph/call-graph.js";
import { findBlocking } from "../../call-graph/find-blocking.js";
import { PathFinder } from "../../call-graph/find-path.js";
import type { Call } from "../../call-graph/unit.js";
import { type RuleContext, defineRule } from "../../define-rule.js";
import { findImport } from "../../syntax/find-import.js";
import { getLocation } from "../../syntax/location.js";
import type { CheckedFile } from "../../type-checker/checked-file.js";
import type { Node } from "../../type-checker/ast.js";
import { openFile } from "../../type-checker/open-file.js";
import { type BlockingFunction, findBlockingName } from "../../type-queries/blocking-call.js";
import type { DeclaredName } from "../../type-queries/declared-name.js";

interface Options {
  readonly allowAtTopLevel?: boolean;
  readonly calls?: readonly ExtraCall[];
}

interface ExtraCall {
  readonly module: string;
  readonly name: string;
  readonly advice: string;
}

const extraCallSchema: JSONSchema.JSONSchema4 = {
  type: "object",
  additionalProperties: false,
  required: ["module", "name", "advice"],
  properties: { module: { type: "string" }, name: { type: "string" }, advice: { type: "string" } },
};

type MessageId = "blocks" | "reaches";

const ruleName = "no-sync-io";

/**
 * Reports calls that block the event loop, identified by declaration, and in async functions the calls of synchronous
 * helpers that reach one, with the path. It does not follow other async functions: the call is reported inside them.
 */
export default defineRule<MessageId, [Options?]>({
  name: "tasks/no-sync-io",
  meta: {
    type: "problem",
    description: "Disallow calls that block the event loop, also behind helpers in other files",
    messages: {
      blocks: "`{{label}}` blocks the event loop until it is done. Await {{advice}} instead.",
      reaches: "This call blocks the event loop: `{{path}}`. Make these functions async and await {{advice}} instead.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: {
          allowAtTopLevel: { type: "boolean" },
          calls: { type: "array", items: extraCallSchema },
        },
      },
    ],
  },
  create(context) {
    const calls: TSESTree.CallExpression[] = [];
    return {
      CallExpression: (node) => void calls.push(node),
      "Program:exit"() {
        const file = openFile(context);
        if (file) reportByDeclaration(file, context);
        else for (const call of calls) reportByImport(call, context);
      },
    };
  },
});

type Context = RuleContext<MessageId, [Options?]>;

function reportByDeclaration({ project, sourceFile }: CheckedFile, context: Context): void {
  const { allowAtTopLevel = false, calls: extraCalls = [] } = context.options[0] ?? {};
  const graph = getCallGraph(project);
  const find = (call: Call) => findBlocking(call, graph, (declared) => findExtra(declared, extraCalls));
  const paths = graph.remember(`no-sync-io ${JSON.stringify(extraCalls)}`, () => createPathFinder(graph, find));
  for (const unit of graph.getUnits(sourceFile)) {
    if (allowAtTopLevel && unit.kind === "top level") continue;
    for (const call of unit.calls) {
      const blocking = find(call);
      if (blocking) report(blocking.node, "blocks", { label: blocking.label, advice: blocking.advice });
      else if (graph.isInAsyncFunction(unit)) reportPath(call);
    }
  }

  function reportPath(call: Call): void {
    const path = paths.find(call);
    if (path) report(call.node, "reaches", { path: path.names.join(" → "), advice: find(path.end)?.advice ?? "" });
  }

  function report(node: Node, messageId: MessageId, data: Record<string, string>): void {
    context.report({ loc: getLocation(node, context.sourceCode), messageId, data });
  }
}

function createPathFinder(graph: CallGraph, find: (call: Call) => BlockingFunction | undefined): PathFinder {
  return new PathFinder(graph, {
    findEnd: (call) => (graph.isSilenced(call, ruleName) ? undefined : find(call)?.label),
    mayEnter: (unit) => !unit.isAsync,
  });
}

function reportByImport(node: TSESTree.CallExpression, context: Context): void {
  const imported = findImport(node.callee, context.sourceCode);
  const declared = imported && { ...imported, container: undefined };
  const blocking = declared && (findBlockingName(declared) ?? findExtra(declared, context.options[0]?.calls ?? []));
  if (blocking) context.report({ node, messageId: "blocks", data: { ...blocking } });
}

function findExtra({ module, name }: DeclaredName, extraCalls: readonly ExtraCall[]): BlockingFunction | undefined {
  const extra = extraCalls.find((call) => call.module === module && call.name === name);
  return extra && { label: `${module}.${name}`, advice: extra.advice };
}
