import { type Node, SyntaxKind, isCallExpression } from "../type-checker/ast.js";
import type { CheckerSymbol } from "../type-checker/types.js";
import { type BlockingFunction, findBlockingFunction, findBlockingName } from "../type-queries/blocking-call.js";
import { type DeclaredName, getDeclaredName } from "../type-queries/declared-name.js";
import { findImportedName } from "../type-queries/imported-name.js";
import type { CallGraph } from "./call-graph.js";
import type { Call, Target } from "./unit.js";

/** More functions to take for blocking ones, by name. */
export type FindExtra = (declared: DeclaredName) => BlockingFunction | undefined;

/** A blocking function that the call itself enters, or is given and runs: `paths.map(fs.existsSync)`. */
export function findBlocking(
  call: Call,
  graph: CallGraph,
  findExtra?: FindExtra,
): (BlockingFunction & { readonly node: Node }) | undefined {
  if (call.kind === "call" || call.kind === "new") {
    if (isSynchronousRequest(call, graph)) return { ...synchronousRequest, node: call.node };
    const blocking = findBlockingTarget(call.target, call.callee, graph, findExtra);
    if (blocking) return { ...blocking, node: call.node };
  }
  for (const argument of call.arguments) {
    const blocking = argument.unit ? undefined : findBlockingTarget(argument.target, argument.node, graph, findExtra);
    if (blocking && graph.runsAtOnce(call, argument)) return { ...blocking, node: argument.node };
  }
  return undefined;
}

function findBlockingTarget({ isUnknown, symbols }: Target, node: Node, { project }: CallGraph, findExtra?: FindExtra) {
  const findInSymbol = (symbol: CheckerSymbol): BlockingFunction | undefined =>
    findBlockingFunction(symbol, project) ?? findExtra?.(getDeclaredName(symbol, project));
  for (const symbol of symbols) {
    const blocking = findInSymbol(symbol);
    if (blocking) return blocking;
  }
  const imported = isUnknown ? findImportedName(node, project) : undefined;
  return imported && (findBlockingName(imported) ?? findExtra?.(imported));
}

const synchronousRequest: BlockingFunction = { label: "XMLHttpRequest.open", advice: "`fetch`" };

/** `request.open(method, url, false)` */
function isSynchronousRequest({ node, target: { symbols } }: Call, { project }: CallGraph): boolean {
  if (!isCallExpression(node) || node.arguments[2]?.kind !== SyntaxKind.FalseKeyword) return false;
  return symbols.some(
    (symbol) => symbol.name === "open" && getDeclaredName(symbol, project).container === "XMLHttpRequest",
  );
}
