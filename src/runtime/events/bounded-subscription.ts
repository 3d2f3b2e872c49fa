import { AsyncResource } from "node:async_hooks";
import { publishDeadlock } from "./errors.js";
import { type HandlerOptions, HandlerSubscription } from "./handler-subscription.js";
import { Delivery, isDeadlocked, type Nesting } from "./nesting.js";
import type { Publication } from "./publication.js";
import { Queue } from "./queue.js";

/** What a bounded subscription is made of. */
export interface BoundedOptions extends HandlerOptions {
  readonly concurrency: number;
  readonly nesting: Nesting;
}

interface Waiting {
  readonly publication: Publication;
  readonly delivery: Delivery;
  /** Begins it in the async context of its publisher, as if it had not waited. */
  readonly begin: () => void;
}

/** Gives events to a handler, so many at the same time; later ones wait in the order in which they were published. */
export class BoundedSubscription extends HandlerSubscription {
  readonly #concurrency: number;
  readonly #nesting: Nesting;
  readonly #running = new Set<Delivery>();
  readonly #queue = new Queue<Waiting>();

  constructor({ concurrency, nesting, ...options }: BoundedOptions) {
    super(options);
    this.#concurrency = concurrency;
    this.#nesting = nesting;
  }

  override end(reason: unknown): void {
    super.end(reason);
    for (let waiting = this.#queue.take(); waiting; waiting = this.#queue.take()) {
      waiting.publication.deliveries?.delete(waiting.delivery);
      waiting.publication.settle();
    }
  }

  protected override receive(publication: Publication): void {
    const delivery = new Delivery(this.#running);
    publication.deliveries?.add(delivery);
    if (this.#running.size < this.#concurrency) return this.#begin(publication, delivery);

    if (publication.publisher && isDeadlocked(publication.publisher)) {
      publication.deliveries?.delete(delivery);
      publication.fail(this.owner, this.pattern, publishDeadlock(publication.event.type, this.owner.id, this.pattern));
      return;
    }
    const begin = AsyncResource.bind(() => this.#begin(publication, delivery));
    this.#queue.add({ publication, delivery, begin });
  }

  #begin(publication: Publication, delivery: Delivery): void {
    this.#running.add(delivery);
    this.#nesting.enter(delivery, () => {
      this.run(publication, () => {
        this.#running.delete(delivery);
        publication.deliveries?.delete(delivery);
        this.#queue.take()?.begin();
      });
    });
  }
}
