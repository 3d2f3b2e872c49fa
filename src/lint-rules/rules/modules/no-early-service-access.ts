import type { TSESLint } from "@typescript-eslint/utils";
import { type CallGraph, getCallGraph } from "../../call-graph/call-graph.js";
import { getCallsAtOnce } from "../../call-graph/calls-at-once.js";
import { PathFinder } from "../../call-graph/find-path.js";
import { findRegistrationUnits, isServiceConstruction } from "../../call-graph/registration.js";
import { type Call, getSpelledName } from "../../call-graph/unit.js";
import { printWay } from "../../call-graph/way.js";
import { defineRule } from "../../define-rule.js";
import { activationCalls, activationHook, registrationHook, runtimePackage } from "../../runtime-vocabulary.js";
import { getLocation } from "../../syntax/location.js";
import { moveStatement } from "../../syntax/move-statement.js";
import { SyntaxKind, hasModifier, isPropertyAccessExpression } from "../../type-checker/ast.js";
import { openFile } from "../../type-checker/open-file.js";
import { type CheckerSymbol, SymbolFlags } from "../../type-checker/types.js";
import { getDeclaredName } from "../../type-queries/declared-name.js";
import { findOutsideCall } from "../../type-queries/outside-call.js";
import { isServiceBase, isServiceClass } from "../../type-queries/service-class.js";

const ruleName = "no-early-service-access";

/**
 * Reports code of phase 1 (`initialize`, a service's construction, a module file's top level) that reaches a service,
 * settings, an event, a file, a database or the network, with the path. Callbacks that run in phase 2, such as those
 * of `registerSetupHook`, are not followed. A silenced end of a path is reported too, so that its comment counts as used.
 */
export default defineRule({
  name: "modules/no-early-service-access",
  meta: {
    type: "problem",
    description: "Disallow phase 1 code that reaches services, settings, events or I/O",
    hasSuggestions: true,
    messages: {
      early:
        "`{{end}}` is not for phase 1, and {{where}} runs there: no service is active yet. Move it into `setupModule`.",
      reaches:
        "This reaches `{{path}}`, which is not for phase 1, and {{where}} runs there: no service is active yet. " +
        "Move it into `setupModule`.",
      move: "Move the statement into `setupModule`.",
    },
    schema: [],
  },
  create(context) {
    return {
      "Program:exit"() {
        const file = openFile(context);
        if (!file) return;
        const graph = getCallGraph(file.project);
        const paths = graph.remember(ruleName, () => createPathFinder(graph));
        for (const { unit, where, definition } of findRegistrationUnits(file.sourceFile, graph)) {
          for (const call of getCallsAtOnce(unit, graph)) {
            const path = paths.find(call);
            if (!path) continue;
            const fix = definition ? undefined : moveToActivation(call, context.sourceCode);
            const start = definition && unit.name !== undefined ? [{ name: unit.name, node: definition }] : [];
            const way = [...start, ...path.way];
            context.report({
              loc: getLocation(definition ?? call.node, context.sourceCode),
              messageId: way.length === 1 ? "early" : "reaches",
              data: { end: way.at(-1)?.name ?? "", where, path: printWay(way) },
              way,
              suggest: fix ? [{ messageId: "move", fix }] : [],
            });
            if (definition) break;
          }
        }
        for (const call of graph.getSilencedCalls(file.sourceFile, ruleName)) {
          const end = findEarlyAccess(call, graph);
          if (end === undefined) continue;
          const loc = getLocation(call.node, context.sourceCode);
          const way = [{ name: end, node: call.node }];
          context.report({ loc, messageId: "early", data: { end, where: "code that leads here" }, way });
        }
      },
    };
  },
});

function moveToActivation({ node }: Call, sourceCode: Readonly<TSESLint.SourceCode>) {
  const found = sourceCode.getNodeByRangeIndex(node.getStart());
  return found ? moveStatement(found, registrationHook, activationHook, sourceCode) : undefined;
}

function createPathFinder(graph: CallGraph): PathFinder {
  return new PathFinder(graph, {
    findEnd: (call) => (graph.isSilenced(call, ruleName) ? undefined : findEarlyAccess(call, graph)),
    mayEnter: (unit) => !isServiceConstruction(unit, graph),
  });
}

function findEarlyAccess(call: Call, { project }: CallGraph): string | undefined {
  if (call.kind !== "call" && call.kind !== "new") return undefined;
  for (const symbol of call.target.symbols) {
    const label = findActivationCall(symbol) ?? findServiceCall(symbol) ?? findOutsideCall(symbol, project);
    if (label !== undefined) return label;
  }
  return call.target.isUnknown ? findActivationName(getSpelledName(call)) : undefined;

  function findActivationCall(symbol: CheckerSymbol): string | undefined {
    const name = findActivationName(symbol.name);
    return name !== undefined && getDeclaredName(symbol, project).module === runtimePackage ? name : undefined;
  }

  function findServiceCall(symbol: CheckerSymbol): string | undefined {
    if (!(symbol.flags & SymbolFlags.Method) || isOwnMethod(call) || isStatic(symbol)) return undefined;
    const owner = symbol.getParent();
    const isService = owner && (isServiceClass(owner, project) || isServiceBase(owner, project));
    return isService ? `${owner.name}.${symbol.name}` : undefined;
  }
}

/** `InvoiceService.create()` is code like any other: it is followed. */
function isStatic(symbol: CheckerSymbol): boolean {
  const declaration = symbol.valueDeclaration?.resolve();
  return declaration !== undefined && hasModifier(declaration, SyntaxKind.StaticKeyword);
}

function findActivationName(name: string): string | undefined {
  return activationCalls.find((call) => call === name);
}

/** `this.prepare()` is the service's own helper: it is followed. */
function isOwnMethod({ callee }: Call): boolean {
  if (!isPropertyAccessExpression(callee)) return false;
  return callee.expression.kind === SyntaxKind.ThisKeyword || callee.expression.kind === SyntaxKind.SuperKeyword;
}
