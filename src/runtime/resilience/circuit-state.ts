/**
 * Where a circuit is: exactly one of these at a time. `sinceMs` is the moment, by the clock of the breaker, at which it got
 * there.
 */
export type CircuitState =
  /** Calls pass. */
  | { readonly status: "closed"; readonly sinceMs: number }
  /** Calls are refused; the first one from `retryAtMs` on is let through as a probe. `cause` is the failure that opened it. */
  | { readonly status: "open"; readonly sinceMs: number; readonly retryAtMs: number; readonly cause: unknown }
  /** A few calls are let through as probes. */
  | { readonly status: "half-open"; readonly sinceMs: number };

/** A step of a circuit from one state to the next. */
export interface CircuitTransition {
  readonly from: CircuitState;
  readonly to: CircuitState;
}
