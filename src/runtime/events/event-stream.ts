import type { CloudEvent } from "./cloud-event.js";
import type { Publication } from "./publication.js";
import { Queue } from "./queue.js";
import { Subscriber } from "./subscriber.js";

interface Reader {
  readonly resolve: (step: IteratorResult<CloudEvent, undefined>) => void;
  readonly reject: (reason: unknown) => void;
}

/** Keeps the events until somebody reads them. It ends with its module, and fails when its signal aborts. */
export class EventStream extends Subscriber implements AsyncIterableIterator<CloudEvent, undefined, undefined> {
  readonly #readers = new Queue<Reader>();
  #events = new Queue<CloudEvent>();
  #failure: { readonly reason: unknown } | undefined;

  async next(): Promise<IteratorResult<CloudEvent, undefined>> {
    if (this.#failure) throw this.#failure.reason;
    const value = this.#events.take();
    if (value) return { done: false, value };
    if (!this.isLive) return { done: true, value: undefined };
    return new Promise((resolve, reject) => this.#readers.add({ resolve, reject }));
  }

  async return(): Promise<IteratorResult<CloudEvent, undefined>> {
    this.end();
    return { done: true, value: undefined };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.end();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  override end(): void {
    this.#close(({ resolve }) => resolve({ done: true, value: undefined }));
  }

  override abort(reason: unknown): void {
    this.#failure = { reason };
    this.#close(({ reject }) => reject(reason));
  }

  protected override receive(publication: Publication): void {
    publication.settle();
    const reader = this.#readers.take();
    if (reader) reader.resolve({ done: false, value: publication.event });
    else this.#events.add(publication.event);
  }

  #close(tell: (reader: Reader) => void): void {
    this.detach();
    this.#events = new Queue();
    for (let reader = this.#readers.take(); reader; reader = this.#readers.take()) tell(reader);
  }
}
