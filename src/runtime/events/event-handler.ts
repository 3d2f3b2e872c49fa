import type { EventOf, EventPattern } from "./registry.js";

/** What a handler is given beside the event. */
export interface HandlerContext {
  /** Aborts when the subscription ends: when it is unsubscribed, its own signal aborts, or its module stops. */
  readonly signal: AbortSignal;
}

/**
 * Handles the events of one subscription. A rejection, a throw and a Failure are failures of this handler alone.
 *
 * @example
 * ```ts
 * import { type EventHandler, Result } from "@phasewise/runtime";
 *
 * declare module "@phasewise/runtime" {
 *   interface EventRegistry {
 *     "billing.invoice-paid": { invoiceId: string };
 *   }
 * }
 *
 * export const thank: EventHandler<"billing.invoice-paid"> = async ({ data }, { signal }) => {
 *   if (signal.aborted) return Result.error("STOPPED", `no thanks for ${data.invoiceId}`);
 *   return Result.success(undefined);
 * };
 * ```
 */
export type EventHandler<Pattern extends EventPattern = EventPattern> = (
  event: EventOf<Pattern>,
  context: HandlerContext,
) => Promise<unknown>;

/** What `once` and `events` take. */
export interface ListenOptions {
  /** Ends the subscription when it aborts. */
  readonly signal?: AbortSignal;
}

/** What `subscribe` takes. */
export interface SubscribeOptions extends ListenOptions {
  /** How many events the handler handles at the same time, from 1; later ones wait in order. Unlimited by default. */
  readonly concurrency?: number;
}

/** Stands for a handler that receives events. Its module ends it when it stops. */
export interface Subscription extends AsyncDisposable {
  /** Ends it at once: no event reaches the handler any more, waiting ones are dropped, the signal of running ones aborts. */
  unsubscribe(): void;

  /** The same, and waits for the running ones: not for use in the handler itself. */
  [Symbol.asyncDispose](): Promise<void>;
}
