import type { Clock } from "../tasks/clock.js";
import { type CloudEvent, type EventContent, EventFactory } from "./cloud-event.js";
import type { EventOwner } from "./event-owner.js";
import { ModuleEvents } from "./module-events.js";
import { Nesting } from "./nesting.js";
import { Publication } from "./publication.js";
import { SubscriberIndex } from "./subscriber-index.js";

/** What all modules of an application publish to and subscribe on. */
export class EventBus {
  readonly clock: Clock;
  readonly index = new SubscriberIndex();
  readonly nesting = new Nesting();
  readonly #factory = new EventFactory();
  readonly #observers = new Set<(event: CloudEvent) => void>();

  constructor({ clock }: { readonly clock: Clock }) {
    this.clock = clock;
  }

  createModuleEvents(owner: EventOwner): ModuleEvents {
    return new ModuleEvents(this, owner);
  }

  /** Calls back with every event at the moment of its publication. The function it gives back ends that. */
  observe(observer: (event: CloudEvent) => void): () => void {
    this.#observers.add(observer);
    return () => void this.#observers.delete(observer);
  }

  /**
   * Sends an event to those that are subscribed now. They begin when the publisher's own code has run on to its next
   * pause, so that each of them sees events in the order of publication. Nothing is given back if there are none.
   *
   * @throws EventError `INVALID_EVENT_TYPE`
   */
  publish(publisherId: string, content: EventContent, isForgotten: boolean): Publication | undefined {
    const subscribers = this.index.find(content.type);
    if (subscribers.length === 0 && this.#observers.size === 0) return undefined;

    const event = this.#factory.create(publisherId, content);
    for (const observer of this.#observers) observer(event);
    if (subscribers.length === 0) return undefined;

    const publisher = isForgotten ? undefined : this.nesting.current;
    const publication = new Publication(event, { count: subscribers.length, publisher, isForgotten });
    const deliver = () => {
      for (const subscriber of subscribers) subscriber.deliver(publication);
    };
    void pause.then(isForgotten ? () => this.nesting.leave(deliver) : deliver);
    return publication;
  }
}

const pause = Promise.resolve();
