import type { Failure } from "../results/outcome.js";
import { Result } from "../results/result.js";
import { invalidOption, requireDuration } from "../tasks/errors.js";
import type { CircuitState } from "./circuit-state.js";

/** A number of things of which there may be none, or no end. */
export function requireWhole(owner: string, name: string, count: number): void {
  if (count >= 0 && (Number.isInteger(count) || count === Infinity)) return;
  throw invalidOption(owner, name, "a whole number from 0", count);
}

/** A duration that lasts. */
export function requirePeriod(owner: string, name: string, durationMs: number): void {
  if (durationMs === 0) throw invalidOption(owner, name, "a number of milliseconds above 0", durationMs);
  requireDuration(owner, name, durationMs);
}

export function circuitOpen(state: CircuitState, retryAfterMs: number): Failure<"CIRCUIT_OPEN"> {
  const isOpen = state.status === "open";
  const message = `${isOpen ? "The circuit is open" : "The circuit is being tried"}; call again in ${Math.ceil(retryAfterMs)} ms.`;
  return Result.error("CIRCUIT_OPEN", message, { ...(isOpen && { cause: state.cause }), details: { retryAfterMs } });
}

export function bulkheadFull(maxConcurrency: number, maxQueue: number): Failure<"BULKHEAD_FULL"> {
  const message = `${maxConcurrency} calls are running and ${maxQueue} are waiting; call again later.`;
  return Result.error("BULKHEAD_FULL", message, { details: { maxConcurrency, maxQueue } });
}
