import { findOutsideCall } from "../type-queries/outside-call.js";
import { findTimer } from "../type-queries/timer.js";
import type { CheckerSymbol } from "../type-checker/types.js";
import type { CallGraph } from "./call-graph.js";
import type { Call } from "./unit.js";

/** What a call does that outlasts it or leaves the process: a timer, a file, the network; as a path prints it. */
export function findEffect(call: Call, graph: CallGraph): string | undefined {
  return findTimerCall(call, graph) ?? findLabel(call, (symbol) => findOutsideCall(symbol, graph.project));
}

/** The timer that a call starts, by declaration. */
export function findTimerCall(call: Call, { project }: CallGraph): string | undefined {
  return findLabel(call, (symbol) => findTimer(symbol, project));
}

function findLabel({ kind, target }: Call, find: (symbol: CheckerSymbol) => string | undefined): string | undefined {
  if (kind !== "call" && kind !== "new") return undefined;
  return target.symbols.map(find).find((label) => label !== undefined);
}
