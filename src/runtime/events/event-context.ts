import type { Result } from "../results/result.js";
import type { EventHandler, ListenOptions, SubscribeOptions, Subscription } from "./event-handler.js";
import type { PublishResult } from "./publication.js";
import type { EventDataOf, EventOf, EventPattern, EventType } from "./registry.js";

/** What `publish` takes. */
export interface PublishOptions {
  /** What the event is about, such as the id of an invoice: an attribute of the envelope. */
  readonly subject?: string;
  /** Ends the waiting, not the handlers. */
  readonly signal?: AbortSignal;
}

/** What `waitFor` takes. */
export interface WaitForOptions extends ListenOptions {
  /** After how many milliseconds it answers `TIMED_OUT`; never by default. */
  readonly timeoutMs?: number;
}

/** How a module receives events, in both phases. What phase 1 subscribes receives them once the module is active. */
export interface EventSubscriptions {
  /**
   * Calls the handler with each event of the type or pattern, until it is unsubscribed or the module stops.
   *
   * @throws EventError `INVALID_EVENT_TYPE`, `INVALID_EVENT_OPTION`, or `EVENTS_CLOSED` once the module stops.
   */
  subscribe<Pattern extends EventPattern>(
    pattern: Pattern,
    handler: EventHandler<Pattern>,
    options?: SubscribeOptions,
  ): Subscription;

  /** The same for the next event only. */
  once<Pattern extends EventPattern>(
    pattern: Pattern,
    handler: EventHandler<Pattern>,
    options?: ListenOptions,
  ): Subscription;
}

/** How a module uses events in phase 2. */
export interface EventContext extends EventSubscriptions {
  /**
   * Publishes an event, and waits until all its handlers are done. A handler that fails disturbs no other one: each
   * failure is in the `details.failures` of `HANDLERS_FAILED`.
   *
   * Rejects with the signal's reason, or with an `EventError`: `INVALID_EVENT_TYPE`, `INVALID_EVENT_OPTION`, or
   * `EVENTS_CLOSED` once the module was stopped.
   */
  publish<Type extends EventType>(
    type: Type,
    data: NoInfer<EventDataOf<Type>>,
    options?: PublishOptions,
  ): Promise<PublishResult>;

  /**
   * Publishes an event without waiting: a background task of the module does. The module of a handler that fails logs it.
   *
   * @throws EventError `INVALID_EVENT_TYPE`, or `EVENTS_CLOSED` once the module was stopped.
   */
  publishAndForget<Type extends EventType>(type: Type, data: NoInfer<EventDataOf<Type>>): void;

  /**
   * Waits for the next event of the type or pattern. Rejects with the signal's reason, or with an `EventError`:
   * `INVALID_EVENT_TYPE`, `INVALID_EVENT_OPTION`, or `EVENTS_CLOSED` when the module stops.
   */
  waitFor<Pattern extends EventPattern>(
    pattern: Pattern,
    options?: WaitForOptions,
  ): Promise<Result<EventOf<Pattern>, "TIMED_OUT">>;

  /**
   * The events of the type or pattern from now on, kept until they are read. Leaving the loop unsubscribes; the loop ends
   * when the module stops, and rejects with the signal's reason when that aborts.
   *
   * @throws EventError `INVALID_EVENT_TYPE`, or `EVENTS_CLOSED` once the module stops.
   */
  events<Pattern extends EventPattern>(
    pattern: Pattern,
    options?: ListenOptions,
  ): AsyncIterableIterator<EventOf<Pattern>>;
}
