import { isCallExpression, isObjectLiteralExpression, isPropertyAccessExpression } from "../type-checker/ast.js";
import { skipWrappers } from "../type-checker/skip-wrappers.js";
import { isInDefaultLibrary } from "../type-queries/declared-name.js";
import { findTimer } from "../type-queries/timer.js";
import type { CallGraph } from "./call-graph.js";
import { PathFinder } from "./find-path.js";
import { getEntered } from "./follow-call.js";
import { isOwnValue, writesShared } from "./shared-write.js";
import { type Call, getSpelledName } from "./unit.js";

/**
 * Does the call, so far as its code can be seen, change what others see, or take what the next one then does not get? What
 * cannot be seen is judged by its name.
 */
export function reachesWrite(call: Call, graph: CallGraph): boolean {
  const paths = graph.remember("writes", () => new PathFinder(graph, { findEnd: findWrite, mayEnter: () => true }));
  return paths.find(call) !== undefined;
}

function findWrite(call: Call, graph: CallGraph): string | undefined {
  const isWrite =
    (call.kind === "call" && isWritingCall(call, graph)) ||
    getEntered(call, graph).some((unit) => graph.remember(`writes ${unit.id}`, () => writesShared(unit)));
  return isWrite ? getSpelledName(call) : undefined;
}

function isWritingCall(call: Call, { project }: CallGraph): boolean {
  const { symbols, unitIds } = call.target;
  const name = getSpelledName(call);
  if (symbols.some((symbol) => findTimer(symbol, project) !== undefined)) return false;
  if (name === "fetch") return sendsMore(call);
  if (!symbols.some((symbol) => isInDefaultLibrary(symbol, project)))
    return unitIds.length === 0 && (writingNames.test(name) || writingSql.test(call.node.getText()));
  return mutatingNames.test(name) && !changesOwnValue(call);
}

/** Has a `fetch` options that may be more than those of a GET? */
function sendsMore({ node }: Call): boolean {
  const options = isCallExpression(node) ? node.arguments[1] : undefined;
  return (
    options !== undefined &&
    (!isObjectLiteralExpression(options) || /\bmethod\b|\bbody\b|\.\.\./.test(options.getText()))
  );
}

function changesOwnValue({ callee, unit }: Call): boolean {
  return isPropertyAccessExpression(callee) && isOwnValue(skipWrappers(callee.expression), unit);
}

/** Functions of JavaScript's that change what they are called on or given, or read it up. */
const mutatingNames =
  /^(?:add|append|assign|clear|copyWithin|defineProperty|defineProperties|delete|fill|getReader|next|pop|push|read|reverse|set|setPrototypeOf|shift|sort|splice|store|unshift)$/;

const writingNames =
  /^(?:acquire|add|append|assign|cancel|claim|clear|commit|create|decrement|delete|dequeue|destroy|dispatch|emit|enqueue|increment|insert|lock|mark|migrate|mkdir|move|next|patch|pay|pop|post|publish|push|put|read$|receive|register|release|remove|rename|replace|reset|rm|save|send|set|shift|store|submit|take|touch|truncate|unlink|unshift|update|upsert|write)(?![a-z])/;

const writingSql = /\b(?:insert\s+into|update\s+\S+\s+set|delete\s+from|merge\s+into|replace\s+into)\b/i;
