import { type CallGraph, getCallGraph } from "../../call-graph/call-graph.js";
import { PathFinder } from "../../call-graph/find-path.js";
import { findUnlimitedWait, isLimitedAround } from "../../call-graph/find-unlimited-wait.js";
import { isServiceCode } from "../../call-graph/service-code.js";
import type { Call } from "../../call-graph/unit.js";
import { printWay } from "../../call-graph/way.js";
import { defineRule } from "../../define-rule.js";
import { getLocation } from "../../syntax/location.js";
import { openFile } from "../../type-checker/open-file.js";

interface Options {
  readonly everywhere?: boolean;
}

const ruleName = "require-timeout";

/**
 * Reports waits of services for the network, a database or a child process that have neither signal nor timeout, also
 * behind helpers, with the path: a peer that never answers would hold them up for ever. It does not follow what cannot
 * be seen, such as an agent, a client made elsewhere, or options of a type that has a timeout.
 */
export default defineRule<"unlimited" | "reaches", [Options?]>({
  name: "tasks/require-timeout",
  meta: {
    type: "problem",
    description: "Require a signal or a timeout for waits on the network, a database or a child process",
    messages: {
      unlimited: "`{{label}}` waits with neither a signal nor a timeout, so it may never end. {{advice}}.",
      reaches:
        "This waits for `{{path}}`, which has neither a signal nor a timeout, so it may never end. {{advice}} there.",
    },
    schema: [{ type: "object", additionalProperties: false, properties: { everywhere: { type: "boolean" } } }],
  },
  create(context) {
    return {
      "Program:exit"() {
        const file = openFile(context);
        if (!file) return;
        const { everywhere = false } = context.options[0] ?? {};
        const graph = getCallGraph(file.project);
        const paths = graph.remember(ruleName, () => createPathFinder(graph));
        for (const unit of graph.getUnits(file.sourceFile)) {
          const isService = isServiceCode(unit, graph);
          for (const call of unit.calls) {
            const wait = everywhere || isService ? findUnlimitedWait(call, graph) : findSilenced(call, graph);
            const path = !wait && isService ? paths.find(call) : undefined;
            const found = wait ?? (path && findUnlimitedWait(path.end, graph));
            if (!found) continue;
            context.report({
              loc: getLocation(call.node, context.sourceCode),
              messageId: path ? "reaches" : "unlimited",
              data: { label: found.label, path: path ? printWay(path.way) : "", advice: found.advice },
              way: path?.way ?? [{ name: found.label, node: call.node }],
            });
          }
        }
      },
    };
  },
});

function createPathFinder(graph: CallGraph): PathFinder {
  return new PathFinder(graph, {
    findEnd: (call) => (graph.isSilenced(call, ruleName) ? undefined : findUnlimitedWait(call, graph)?.label),
    mayEnter: (unit) => !isServiceCode(unit, graph),
    mayFollow: (call) => !isLimitedAround(call.node),
  });
}

/** A silenced end of a path is reported in whatever code, so that its comment counts as used. */
function findSilenced(call: Call, graph: CallGraph) {
  return graph.isSilenced(call, ruleName) ? findUnlimitedWait(call, graph) : undefined;
}
