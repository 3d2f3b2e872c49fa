import type { CallGraph } from "./call-graph.js";
import type { Call, Unit } from "./unit.js";

/** The calls of a unit and of the callbacks written out in it that run at once. */
export function getCallsAtOnce(unit: Unit, graph: CallGraph): Call[] {
  return unit.calls.flatMap((call) => {
    const callbacks = call.arguments.filter((argument) => argument.unit && graph.runsAtOnce(call, argument));
    return [call, ...callbacks.flatMap((argument) => (argument.unit ? getCallsAtOnce(argument.unit, graph) : []))];
  });
}
