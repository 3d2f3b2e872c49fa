import type { TSESTree } from "@typescript-eslint/utils";
import type { CheckedFile } from "../type-checker/checked-file.js";
import { getDeclaredName } from "../type-queries/declared-name.js";
import { type CallGraph, getCallGraph } from "./call-graph.js";
import { getEntered } from "./follow-call.js";
import { reachesWrite } from "./find-write.js";
import { assignsOrWaits } from "./shared-write.js";
import { type Call, getSpelledName } from "./unit.js";

/** Does nothing that the call reaches, nor anything that its arguments are made by, contradict that it only reads? */
export function isProvenRead({ range: [start, end] }: TSESTree.CallExpression, file: CheckedFile): boolean {
  const graph = getCallGraph(file.project);
  const calls = graph
    .getUnits(file.sourceFile)
    .flatMap((unit) => unit.calls)
    .filter(({ node }) => start <= node.getStart() && node.end <= end);
  const whole = calls.find(({ node }) => node.getStart() === start && node.end === end);
  if (!whole || assignsOrWaits(whole.node) || !isKnown(whole, graph)) return false;
  return calls.every((call) => !reachesWrite(call, graph));
}

/** `reader.readLine()` reads on where the last one ended: of unseen code, only that of Node's files is known not to. */
function isKnown(call: Call, graph: CallGraph): boolean {
  const { isUnknown, symbols } = call.target;
  if (isUnknown || symbols.length === 0) return false;
  if (!/^read/.test(getSpelledName(call)) || getEntered(call, graph).length > 0) return true;
  return symbols.every((symbol) => {
    const { container, module } = getDeclaredName(symbol, graph.project);
    return module === "fs/promises" && container === undefined;
  });
}
