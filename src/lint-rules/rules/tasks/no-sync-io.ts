import type { JSONSchema, TSESLint, TSESTree } from "@typescript-eslint/utils";
import { type CallGraph, getCallGraph } from "../../call-graph/call-graph.js";
import { findBlocking } from "../../call-graph/find-blocking.js";
import { PathFinder } from "../../call-graph/find-path.js";
import type { Call } from "../../call-graph/unit.js";
import { type Waypoint, printWay } from "../../call-graph/way.js";
import { type RuleContext, defineRule } from "../../define-rule.js";
import { isInAsyncCode } from "../../syntax/async-code.js";
import { awaitInstead } from "../../syntax/await-instead.js";
import { findEnclosingFunction } from "../../syntax/enclosing-function.js";
import { isEvaluatedFirst } from "../../syntax/evaluated-first.js";
import { findImport } from "../../syntax/find-import.js";
import { getLocation } from "../../syntax/location.js";
import { isAtTopLevel } from "../../syntax/top-level.js";
import type { CheckedFile } from "../../type-checker/checked-file.js";
import type { Node } from "../../type-checker/ast.js";
import { openFile } from "../../type-checker/open-file.js";
import { findCounterpart } from "../../type-queries/await-counterpart.js";
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

type MessageId = "blocks" | "reaches" | "awaitInstead";

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
    fixable: "code",
    hasSuggestions: true,
    messages: {
      blocks: "`{{label}}` blocks the event loop until it is done. Await {{advice}} instead.",
      reaches: "This call blocks the event loop: `{{path}}`. Make these functions async and await {{advice}} instead.",
      awaitInstead: "Await `{{code}}` instead.",
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
        if (file) reportByDeclaration(file, calls, context);
        else for (const call of calls) reportByImport(call, context);
      },
    };
  },
});

type Context = RuleContext<MessageId, [Options?]>;

function reportByDeclaration(file: CheckedFile, nodes: readonly TSESTree.CallExpression[], context: Context): void {
  const { project, sourceFile } = file;
  const { allowAtTopLevel = false, calls: extraCalls = [] } = context.options[0] ?? {};
  const graph = getCallGraph(project);
  const find = (call: Call) => findBlocking(call, graph, (declared) => findExtra(declared, extraCalls));
  const paths = graph.remember(`no-sync-io ${JSON.stringify(extraCalls)}`, () => createPathFinder(graph, find));
  for (const unit of graph.getUnits(sourceFile)) {
    if (allowAtTopLevel && unit.kind === "top level") continue;
    for (const call of unit.calls) {
      const blocking = find(call);
      if (blocking) reportBlocking(blocking);
      else if (graph.isInAsyncFunction(unit)) reportPath(call);
    }
  }

  function reportBlocking({ node, label, advice, declared }: BlockingFunction & { readonly node: Node }): void {
    const call = nodes.find(({ range }) => range[0] === node.getStart() && range[1] === node.end);
    const repair = call && declared && findRepair(call, declared, file, context);
    report(node, "blocks", { label, advice }, [{ name: label, node }], repair);
  }

  function reportPath(call: Call): void {
    const path = paths.find(call);
    if (!path) return;
    const data = { path: printWay(path.way), advice: find(path.end)?.advice ?? "" };
    report(call.node, "reaches", data, path.way);
  }

  function report(
    node: Node,
    messageId: MessageId,
    data: Record<string, string>,
    way: readonly Waypoint[],
    repair?: Repair,
  ): void {
    context.report({ loc: getLocation(node, context.sourceCode), messageId, data, way, ...repair });
  }
}

type Repair = Pick<TSESLint.ReportDescriptor<MessageId>, "fix" | "suggest">;

/** A fix where the same value arrives at the same place, and nothing that was read before can have changed meanwhile. */
function findRepair(
  call: TSESTree.CallExpression,
  declared: DeclaredName,
  file: CheckedFile,
  { sourceCode }: Context,
): Repair | undefined {
  const around = findEnclosingFunction(call);
  if (!around?.async || around.generator || !isInAsyncCode(call)) return undefined;
  const counterpart = findCounterpart(declared, call, file);
  const instead = counterpart && awaitInstead(call, counterpart, sourceCode);
  if (!instead) return undefined;
  const { code, fix } = instead;
  if (counterpart.isSame && isEvaluatedFirst(call, sourceCode) && !isArgument(around)) return { fix };
  return { suggest: [{ messageId: "awaitInstead", data: { code }, fix }] };
}

/** What it is handed to may run it many times at once. */
function isArgument({ parent, range }: TSESTree.FunctionLike): boolean {
  return (
    (parent.type === "CallExpression" || parent.type === "NewExpression") &&
    parent.arguments.some((argument) => argument.range[0] === range[0])
  );
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
  if (!blocking || (context.options[0]?.allowAtTopLevel && isAtTopLevel(node))) return;
  const { label, advice } = blocking;
  context.report({ node, messageId: "blocks", data: { label, advice } });
}

function findExtra({ module, name }: DeclaredName, extraCalls: readonly ExtraCall[]): BlockingFunction | undefined {
  const extra = extraCalls.find((call) => call.module === module && call.name === name);
  return extra && { label: `${module}.${name}`, advice: extra.advice };
}
