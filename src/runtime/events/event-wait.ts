import { Result } from "../results/result.js";
import type { CloudEvent } from "./cloud-event.js";
import type { Publication } from "./publication.js";
import { Subscriber } from "./subscriber.js";

/** What a pending `waitFor` is made of. */
export interface WaitOptions {
  readonly pattern: string;
  readonly resolve: (result: Result<CloudEvent, "TIMED_OUT">) => void;
  readonly reject: (reason: unknown) => void;
  /** Releases what belongs to the waiting, however it ends. */
  readonly onEnd: () => void;
}

/** Receives one event, if it does not time out before. */
export class EventWait extends Subscriber {
  readonly #options: WaitOptions;

  constructor(options: WaitOptions) {
    super(options.pattern);
    this.#options = options;
  }

  expire(timeoutMs: number): void {
    this.#end();
    this.#options.resolve(Result.error("TIMED_OUT", `no event "${this.pattern}" was published within ${timeoutMs} ms`));
  }

  override end(reason: unknown): void {
    this.#end();
    this.#options.reject(reason);
  }

  protected override receive(publication: Publication): void {
    publication.settle();
    this.#end();
    this.#options.resolve(Result.success(publication.event));
  }

  #end(): void {
    if (!this.isLive) return;
    this.detach();
    this.#options.onEnd();
  }
}
