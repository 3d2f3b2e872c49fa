import type { TSESTree } from "@typescript-eslint/utils";
import { type CallGraph, getCallGraph } from "../../call-graph/call-graph.js";
import { getCallsAtOnce } from "../../call-graph/calls-at-once.js";
import { findEffect, findTimerCall } from "../../call-graph/find-effect.js";
import { PathFinder } from "../../call-graph/find-path.js";
import { findModuleFolder, isModuleFile } from "../../call-graph/module-file.js";
import type { Call } from "../../call-graph/unit.js";
import { type Waypoint, printWay } from "../../call-graph/way.js";
import { type RuleContext, defineRule } from "../../define-rule.js";
import { hasExports } from "../../syntax/exports.js";
import { findOwner } from "../../syntax/find-owner.js";
import { type ImportWork, findImportWork } from "../../syntax/import-work.js";
import { getLocation } from "../../syntax/location.js";
import { isBehindMainGuard } from "../../syntax/main-guard.js";
import { shorten } from "../../syntax/shorten.js";
import { isTestFile } from "../../syntax/test-file.js";
import { isAtTopLevel } from "../../syntax/top-level.js";
import type { CheckedFile } from "../../type-checker/checked-file.js";
import { openFile } from "../../type-checker/open-file.js";

type MessageId = "runs" | "awaits" | "changes" | "reaches";
type Context = RuleContext<MessageId, []>;

const ruleName = "no-import-side-effect";

/**
 * Reports work that the files of a module do when they are imported: statements that are calls, `await`, timers, I/O
 * behind helpers, and changes of what other files own. Importing a module must be free of consequences. Calls that give a
 * constant its value, and calls on what the file made itself, are followed, and are fine where they reach none of these.
 */
export default defineRule<MessageId, []>({
  name: "modules/no-import-side-effect",
  meta: {
    type: "problem",
    description: "Disallow work that a module's files do when they are imported",
    messages: {
      runs: "`{{code}}` runs when this file is imported, whoever does that. Move it into a hook such as `setupModule`.",
      awaits:
        "`{{code}}` holds up everybody who imports this file, and its failure fails them. " +
        "Await it in a hook such as `setupModule`.",
      changes:
        "`{{code}}` changes what belongs to {{owner}} when this file is imported. " +
        "Move it into a hook such as `setupModule`, or into the entry point.",
      reaches: "This reaches `{{path}}` when this file is imported. Move it into a hook such as `setupModule`.",
    },
    schema: [],
  },
  create(context) {
    const { sourceCode } = context;
    if (!hasExports(sourceCode.ast) || isTestFile(context.filename)) return {};
    const work: ImportWork[] = [];
    const addAwait = (node: TSESTree.Node) => {
      if (isAtTopLevel(node) && !isBehindMainGuard(node)) work.push({ node, messageId: "awaits" });
    };
    return {
      AwaitExpression: addAwait,
      "ForOfStatement[await=true]": addAwait,
      "VariableDeclaration[kind='await using']": addAwait,
      ExpressionStatement(statement) {
        if (isAtTopLevel(statement)) work.push(...findImportWork(statement.expression, sourceCode));
      },
      "Program:exit"() {
        const file = openFile(context);
        const graph = file && getCallGraph(file.project);
        if (!file || !graph || !findModuleFolderOf(file, graph)) return;
        const { sourceFile } = file;
        reportWork(work, context);
        reportPaths(file, graph, isModuleFile(sourceFile, graph), work, context);
      },
    };
  },
});

function findModuleFolderOf({ sourceFile }: CheckedFile, graph: CallGraph): string | undefined {
  const folder = findModuleFolder(sourceFile.fileName, graph);
  return folder ?? (isModuleFile(sourceFile, graph) ? sourceFile.fileName : undefined);
}

function reportWork(work: readonly ImportWork[], context: Context): void {
  const { sourceCode } = context;
  for (const { node, messageId } of work) {
    const changed = node.type === "AssignmentExpression" ? node.left : node.type === "UnaryExpression" && node.argument;
    const owner = changed ? findOwner(changed, sourceCode) : "this file";
    context.report({ node, messageId, data: { code: shorten(sourceCode.getText(node)), owner } });
  }
}

/** In a module file itself, what reaches out is reported by `no-early-service-access`. */
function reportPaths(
  { sourceFile }: CheckedFile,
  graph: CallGraph,
  inModuleFile: boolean,
  work: readonly ImportWork[],
  context: Context,
): void {
  const findEnd = inModuleFile ? findTimerCall : findEffect;
  const paths = graph.remember(`${ruleName} ${inModuleFile}`, () => createPathFinder(graph, findEnd));
  const isReported = ({ node }: Call) =>
    work.some(({ node: { range } }) => range[0] <= node.getStart() && node.end <= range[1]);
  const topLevel = graph.getUnits(sourceFile).filter(({ kind }) => kind === "top level");
  for (const call of topLevel.flatMap((unit) => getCallsAtOnce(unit, graph))) {
    const path = isReported(call) || isGuarded(call, context) ? undefined : paths.find(call);
    if (path) report(call, path.way);
  }
  for (const call of graph.getSilencedCalls(sourceFile, ruleName)) {
    const end = findEnd(call, graph);
    if (end !== undefined && !isReported(call)) report(call, [{ name: end, node: call.node }]);
  }

  function report({ node }: Call, way: readonly Waypoint[]): void {
    const loc = getLocation(node, context.sourceCode);
    context.report({ loc, messageId: "reaches", data: { path: printWay(way) }, way });
  }
}

function createPathFinder(graph: CallGraph, findEnd: typeof findEffect): PathFinder {
  return new PathFinder(graph, {
    findEnd: (call) => (graph.isSilenced(call, ruleName) ? undefined : findEnd(call, graph)),
    mayEnter: () => true,
  });
}

function isGuarded({ node }: Call, { sourceCode }: Context): boolean {
  const found = sourceCode.getNodeByRangeIndex(node.getStart());
  return found !== null && isBehindMainGuard(found);
}
