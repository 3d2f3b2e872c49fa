import { Result } from "../results/result.js";
import { withAbort } from "../tasks/with-abort.js";
import { BoundedSubscription } from "./bounded-subscription.js";
import type { CloudEvent, EventContent } from "./cloud-event.js";
import { eventsClosed, invalidOption, moduleStopped } from "./errors.js";
import type { EventContext, PublishOptions, WaitForOptions } from "./event-context.js";
import type { EventBus } from "./event-bus.js";
import type { EventHandler, HandlerContext, ListenOptions, SubscribeOptions, Subscription } from "./event-handler.js";
import type { EventOwner } from "./event-owner.js";
import { EventStream } from "./event-stream.js";
import { EventWait } from "./event-wait.js";
import { type HandlerOptions, HandlerSubscription } from "./handler-subscription.js";
import { ModuleSubscribers } from "./module-subscribers.js";
import type { Publication, PublishResult } from "./publication.js";
import type { EventDataOf, EventOf, EventPattern, EventType } from "./registry.js";
import type { Subscriber } from "./subscriber.js";
import { checkPattern } from "./subscriber-index.js";

/** A handler of whatever events. */
type Handler = (event: never, context: HandlerContext) => unknown;

/** The events of one module: what it publishes, and what it has subscribed until it stops. */
export class ModuleEvents implements EventContext {
  readonly #bus: EventBus;
  readonly #owner: EventOwner;
  readonly #subscribers: ModuleSubscribers;
  #closing: Promise<void> | undefined;
  #isClosed = false;

  constructor(bus: EventBus, owner: EventOwner) {
    this.#bus = bus;
    this.#owner = owner;
    this.#subscribers = new ModuleSubscribers(bus.index);
  }

  subscribe<Pattern extends EventPattern>(
    pattern: Pattern,
    handler: EventHandler<Pattern>,
    options: SubscribeOptions = {},
  ): Subscription {
    return this.#addHandler({ pattern, handler, isOnce: false }, options);
  }

  once<Pattern extends EventPattern>(
    pattern: Pattern,
    handler: EventHandler<Pattern>,
    options: ListenOptions = {},
  ): Subscription {
    return this.#addHandler({ pattern, handler, isOnce: true }, options);
  }

  async publish<Type extends EventType>(
    type: Type,
    data: EventDataOf<Type>,
    { subject, signal }: PublishOptions = {},
  ): Promise<PublishResult> {
    if (subject !== undefined && (typeof subject !== "string" || subject === "")) {
      throw invalidOption("subject", "a text that is not empty", subject);
    }
    signal?.throwIfAborted();
    const publication = this.#publish("publish", { type, data, subject }, false);
    if (!publication) return Result.success(undefined);
    if (!signal) return publication.done;
    try {
      return await withAbort(publication.done, signal);
    } finally {
      publication.release();
    }
  }

  publishAndForget<Type extends EventType>(type: Type, data: EventDataOf<Type>): void {
    const publication = this.#publish("publishAndForget", { type, data, subject: undefined }, true);
    if (!publication || this.#closing) return;
    this.#owner.background(`publish ${type}`, (signal) => withAbort(publication.done, signal));
  }

  waitFor<Pattern extends EventPattern>(
    pattern: Pattern,
    { signal, timeoutMs }: WaitForOptions = {},
  ): Promise<Result<EventOf<Pattern>, "TIMED_OUT">> {
    const waiting = new Promise<Result<EventOf<Pattern>, "TIMED_OUT">>((resolve, reject) => {
      if (timeoutMs !== undefined && !(Number.isFinite(timeoutMs) && timeoutMs >= 0)) {
        throw invalidOption("timeoutMs", "a number of milliseconds", timeoutMs);
      }
      this.#check("waitFor", pattern);
      const endWait = this.#owner.beginWait?.(pattern);
      let cancel: (() => void) | undefined;
      const wait = new EventWait({
        pattern,
        resolve: resolve as (result: Result<CloudEvent, "TIMED_OUT">) => void,
        reject,
        onEnd() {
          cancel?.();
          endWait?.();
        },
      });
      this.#add(wait, signal);
      if (timeoutMs === undefined || !wait.isLive) return;
      cancel = this.#bus.clock.schedule(() => wait.expire(timeoutMs), timeoutMs);
    });
    waiting.catch(() => {});
    return waiting;
  }

  events<Pattern extends EventPattern>(
    pattern: Pattern,
    { signal }: ListenOptions = {},
  ): AsyncIterableIterator<EventOf<Pattern>> {
    this.#check("events", pattern);
    const stream = new EventStream(pattern);
    this.#add(stream, signal);
    return stream as AsyncIterableIterator<never>;
  }

  /** The module is active: what it subscribed in phase 1 receives events from now on. */
  activate(): void {
    this.#subscribers.activate();
  }

  /** Ends what is subscribed, and waits for the handlers that are running; they may still publish. */
  close(reason?: unknown): Promise<void> {
    return (this.#closing ??= this.#close(reason));
  }

  async #close(reason: unknown): Promise<void> {
    await this.#subscribers.end(() => reason ?? moduleStopped(this.#owner.id));
    this.#isClosed = true;
  }

  #publish(call: string, content: EventContent, isForgotten: boolean): Publication | undefined {
    if (this.#isClosed) throw eventsClosed(this.#owner.id, `${call}("${content.type}")`);
    return this.#bus.publish(this.#owner.id, content, isForgotten);
  }

  #addHandler(
    { pattern, handler, isOnce }: { pattern: EventPattern; handler: Handler; isOnce: boolean },
    { signal, concurrency = Infinity }: SubscribeOptions,
  ): Subscription {
    this.#check(isOnce ? "once" : "subscribe", pattern);
    if (concurrency !== Infinity && !(Number.isInteger(concurrency) && concurrency >= 1)) {
      throw invalidOption("concurrency", "a whole number from 1", concurrency);
    }
    const options: HandlerOptions = {
      owner: this.#owner,
      pattern,
      handler: handler as HandlerOptions["handler"],
      isOnce,
    };
    const subscription =
      concurrency === Infinity
        ? new HandlerSubscription(options)
        : new BoundedSubscription({ ...options, concurrency, nesting: this.#bus.nesting });
    this.#add(subscription, signal);
    return subscription;
  }

  #check(call: string, pattern: string): void {
    checkPattern(pattern);
    if (this.#closing) throw eventsClosed(this.#owner.id, `${call}("${pattern}")`);
  }

  #add(subscriber: Subscriber, signal: AbortSignal | undefined): void {
    this.#subscribers.add(subscriber, { signal, isHeld: this.#owner.isRegistering() });
  }
}
