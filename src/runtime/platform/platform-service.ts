import type { Result } from "../results/result.js";

/** What every call of a platform service takes. */
export interface CallOptions {
  /** Gives the call up: it ends with `ABORTED`, and what it had begun is undone or left to end without an effect on others. */
  readonly signal?: AbortSignal | undefined;
  /** How long the call may take, in milliseconds; by default what the settings of the adapter say. */
  readonly timeoutMs?: number | undefined;
}

/**
 * What every call of a platform service may fail with:
 *
 * - `NOT_INITIALIZED`: before its module is active, and after it was stopped
 * - `UNAVAILABLE`: the server cannot be reached, or cannot answer now; the same call may succeed later
 * - `TIMED_OUT`: there was no answer in time; whether the call had an effect is not known
 * - `ABORTED`: the signal of the call aborted
 */
export type PlatformFailureCode = "NOT_INITIALIZED" | "UNAVAILABLE" | "TIMED_OUT" | "ABORTED";

/** That a service answers, and how fast. */
export interface Health {
  /** How long the service took to answer, in milliseconds. */
  readonly latencyMs: number;
  /** What else is worth knowing, such as the connections in use. No secrets. */
  readonly details: Readonly<Record<string, string | number | boolean>>;
}

/** What all platform services have in common. */
export interface PlatformService {
  /** Asks the service for a sign of life. A Failure says why there is none. */
  health(options?: CallOptions): Promise<Result<Health, PlatformFailureCode>>;
}
