import { type CallGraph, getCallGraph } from "../../call-graph/call-graph.js";
import { isEntryPoint } from "../../call-graph/entry-point.js";
import { type Call, getSpelledName } from "../../call-graph/unit.js";
import { type RuleContext, defineRule } from "../../define-rule.js";
import { hasExports } from "../../syntax/exports.js";
import { getLocation } from "../../syntax/location.js";
import { isBehindMainGuard } from "../../syntax/main-guard.js";
import { shorten } from "../../syntax/shorten.js";
import { getTypesAt } from "../../type-checker/ask-types.js";
import {
  type Node,
  isCallExpression,
  isElementAccessExpression,
  isPropertyAccessExpression,
} from "../../type-checker/ast.js";
import { openFile } from "../../type-checker/open-file.js";
import { TypeFlags } from "../../type-checker/types.js";
import {
  endsProcess,
  endsProcessByName,
  findEndingSignals,
  isProcess,
  isProcessByName,
} from "../../type-queries/process-object.js";

type MessageId = "handler" | "exit";
type Context = RuleContext<MessageId, []>;

/**
 * Reports handlers of signals that ask the process to end, and calls that end it, outside of its entry point: the modules
 * must be stopped in order first, and one place alone can do that. A file without exports, with a `#!` line, or that calls
 * `runApplication`, is an entry point. Handlers behind other emitters than Node's `process` are not followed.
 */
export default defineRule<MessageId, []>({
  name: "modules/no-process-signal-handler",
  meta: {
    type: "problem",
    description: "Disallow signal handlers and `process.exit` outside of the entry point",
    messages: {
      handler:
        "This handles {{signals}} for the whole process, outside of its entry point. `runApplication` stops the modules " +
        "when a signal comes: release what is yours in the module's `stop` hook.",
      exit:
        "`{{code}}` ends the process outside of its entry point: no module is stopped, and work is cut off. " +
        "Throw an error or return a Failure, and let the entry point decide.",
    },
    schema: [],
  },
  create(context) {
    const { ast, text } = context.sourceCode;
    if (!/process/i.test(text) || !hasExports(ast) || text.startsWith("#!")) return {};
    return {
      "Program:exit"() {
        const file = openFile(context);
        if (!file) return;
        const graph = getCallGraph(file.project);
        const calls = graph.getUnits(file.sourceFile).flatMap((unit) => unit.calls);
        if (isEntryPoint(file.sourceFile, graph)) return;
        const handled = calls.filter(({ kind }) => kind === "call").filter((call) => !isGuarded(call.node, context));
        const handlers = findHandlers(handled, graph);
        for (const [{ node }, signals] of handlers)
          report(node, "handler", { signals: signals.join(" and ") }, context);
        const isInHandler = (node: Node) =>
          [...handlers.keys()].some((call) => call.node.pos <= node.pos && node.end <= call.node.end);
        for (const node of handled.flatMap((call) => findEnds(call, graph))) {
          if (!isInHandler(node)) report(node, "exit", { code: shorten(node.getText()) }, context);
        }
      },
    };
  },
});

function report(node: Node, messageId: MessageId, data: Record<string, string>, context: Context): void {
  context.report({ loc: getLocation(node, context.sourceCode), messageId, data });
}

function isGuarded(node: Node, { sourceCode }: Context): boolean {
  const found = sourceCode.getNodeByRangeIndex(node.getStart());
  return found !== null && isBehindMainGuard(found);
}

/** The calls that add a listener to `process`, with the signals it is for; the types are asked in one request. */
function findHandlers(calls: readonly Call[], { project }: CallGraph): Map<Call, string[]> {
  const found = new Map<Call, string[]>();
  const candidates = calls.flatMap((call) => {
    const receiver = listenerAdders.has(getSpelledName(call)) ? findReceiver(call.callee) : undefined;
    const event = isCallExpression(call.node) ? call.node.arguments[0] : undefined;
    return receiver && event ? [{ call, receiver, event }] : [];
  });
  const types = getTypesAt(
    candidates.flatMap(({ receiver, event }) => [receiver, event]),
    project,
  );
  candidates.forEach(({ call, receiver: node }, index) => {
    const [receiver, event] = [types[2 * index], types[2 * index + 1]];
    if (!receiver || !event) return;
    const isKnown = !(receiver.flags & TypeFlags.Any);
    const isOfProcess = isKnown ? isProcess(receiver, project) : isProcessByName(node, project);
    const signals = isOfProcess ? findEndingSignals(event, project) : [];
    if (signals.length > 0) found.set(call, signals);
  });
  return found;
}

const listenerAdders: ReadonlySet<string> = new Set([
  "addListener",
  "on",
  "once",
  "prependListener",
  "prependOnceListener",
]);

function findReceiver(callee: Node): Node | undefined {
  return isPropertyAccessExpression(callee) || isElementAccessExpression(callee) ? callee.expression : undefined;
}

/** The call itself when it ends the process, or the arguments that do when they are called, as in `.catch(process.exit)`. */
function findEnds(call: Call, { project }: CallGraph): Node[] {
  if (call.target.symbols.some((symbol) => endsProcess(symbol, project))) return [call.node];
  if (call.target.isUnknown && endsProcessByName(call.callee, project)) return [call.node];
  return call.arguments
    .filter(({ target }) => target.symbols.some((symbol) => endsProcess(symbol, project)))
    .map(({ node }) => node);
}
