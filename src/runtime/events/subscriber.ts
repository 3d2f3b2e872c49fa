import type { Publication } from "./publication.js";

/** Receives the events of a pattern until it ends. */
export abstract class Subscriber {
  readonly pattern: string;
  #isLive = true;
  #detach: (() => void) | undefined;

  constructor(pattern: string) {
    this.pattern = pattern;
  }

  /** Does it still receive events? */
  get isLive(): boolean {
    return this.#isLive;
  }

  /** Tells it how to stop the events. */
  attach(detach: () => void): void {
    this.#detach = detach;
  }

  /** Gives it an event. The publication is settled once, at the latest when the subscriber has ended. */
  deliver(publication: Publication): void {
    if (this.#isLive) this.receive(publication);
    else publication.settle();
  }

  /** Ends it because its module stops. */
  abstract end(reason: unknown): void;

  /** Ends it because its own signal aborts. */
  abort(reason: unknown): void {
    this.end(reason);
  }

  /** Resolves when nothing of it runs any more. */
  async whenIdle(): Promise<void> {}

  protected abstract receive(publication: Publication): void;

  /** Stops the events. */
  protected detach(): void {
    this.#isLive = false;
    this.#detach?.();
    this.#detach = undefined;
  }
}
