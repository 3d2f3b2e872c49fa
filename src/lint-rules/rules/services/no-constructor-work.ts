import { getCallGraph } from "../../call-graph/call-graph.js";
import { type Judge, findWork } from "../../call-graph/find-work.js";
import { isServiceConstruction } from "../../call-graph/registration.js";
import { type RuleContext, defineRule } from "../../define-rule.js";
import { getLocation } from "../../syntax/location.js";
import { shorten } from "../../syntax/shorten.js";
import { openFile } from "../../type-checker/open-file.js";
import type { CheckerSymbol, Project } from "../../type-checker/types.js";
import { getDeclaredName } from "../../type-queries/declared-name.js";
import { findOutsideCall } from "../../type-queries/outside-call.js";
import { isServiceClass } from "../../type-queries/service-class.js";

interface Options {
  readonly allow?: readonly string[];
}

/**
 * Reports what a service's constructor or field initialisers call or start: they run in phase 1, for a service that may
 * never be used, and can neither wait nor fail with a Result. Plain state is not work (`new Map()`, what JavaScript itself
 * computes, factories of the runtime). It does not look into classes that are made.
 */
export default defineRule<"work", [Options?]>({
  name: "services/no-constructor-work",
  meta: {
    type: "suggestion",
    description: "Disallow work in the constructor and the field initialisers of a service",
    messages: {
      work:
        "`{{owner}}` does work: `{{call}}`. A service's constructor and fields only keep what they are given: " +
        "move it into `onInitialize`.",
    },
    schema: [
      {
        type: "object",
        additionalProperties: false,
        properties: { allow: { type: "array", items: { type: "string" } } },
      },
    ],
  },
  create(context) {
    let hasSubclass = false;
    return {
      "ClassDeclaration[superClass], ClassExpression[superClass]"() {
        hasSubclass = true;
      },
      "Program:exit"() {
        const file = hasSubclass ? openFile(context) : undefined;
        if (!file) return;
        const graph = getCallGraph(file.project);
        const judge = createJudge(context);
        for (const unit of graph
          .getUnits(file.sourceFile)
          .filter((candidate) => isServiceConstruction(candidate, graph))) {
          for (const { node } of findWork(unit, graph, judge)) {
            const data = { owner: unit.name ?? "", call: shorten(node.getText()) };
            context.report({ loc: getLocation(node, context.sourceCode), messageId: "work", data });
          }
        }
      },
    };
  },
});

/** Objects are plain state, unless they are services or reach out of the process; so is what an option allows. */
function createJudge({ options: [{ allow = [] } = {}] }: RuleContext<"work", [Options?]>): Judge {
  return ({ kind, target: { symbols } }, project) => {
    if (symbols.some((symbol) => allow.includes(getDeclaredName(symbol, project).name))) return false;
    if (kind !== "new") return undefined;
    return symbols.some((symbol) => isServiceClass(symbol, project) || reachesOut(symbol, project));
  };
}

function reachesOut(symbol: CheckerSymbol, project: Project): boolean {
  return getDeclaredName(symbol, project).module === "worker_threads" || findOutsideCall(symbol, project) !== undefined;
}
