import { AssertionError } from "node:assert";
import type { BlockingCall } from "./guard-blocking-calls.js";
import type { Leak } from "./leak-check.js";

type AnyFunction = (...args: never[]) => unknown;

export const blockedEventLoop = (calls: readonly BlockingCall[], stackStartFn: AnyFunction) =>
  new AssertionError({
    message:
      `The event loop was blocked:\n${calls.map((call) => `- ${describeCall(call)}`).join("\n")}\n` +
      "Await the asynchronous counterpart, or give long computations to a worker thread.",
    actual: calls,
    expected: [],
    operator: "guardBlockingCalls",
    stackStartFn,
  });

export const leftBehind = (leaks: readonly Leak[], stackStartFn: AnyFunction) =>
  new AssertionError({
    message:
      `Something was left behind:\n${listLeaks(leaks)}\n` +
      "Close it in the stop hook of its module, or in onDispose of its service.",
    actual: leaks,
    expected: [],
    operator: "expectNoLeaks",
    stackStartFn,
  });

/** One line for each kind, module and place, and how often. */
export function listLeaks(leaks: readonly Leak[]): string {
  const counts = new Map<string, number>();
  for (const leak of leaks) counts.set(describeLeak(leak), (counts.get(describeLeak(leak)) ?? 0) + 1);
  return [...counts].map(([leak, count]) => `- ${count > 1 ? `${count} × ` : ""}${leak}`).join("\n");
}

export function describeLeak({ kind, moduleId, place }: Leak): string {
  const what = kind === "task" ? "work that goes on," : kind;
  return [what, moduleId && ` of module "${moduleId}"`, place && `, made at ${place}`].join("");
}

function describeCall({ call, moduleId, place }: BlockingCall): string {
  if (moduleId === undefined) return `${call}; in a worker thread its place cannot be told`;
  return `${call} in module "${moduleId}", at ${place ?? "an unknown place"}`;
}
