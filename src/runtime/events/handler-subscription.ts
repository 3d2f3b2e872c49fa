import { isFailure } from "../results/is-failure.js";
import { TaskError } from "../tasks/errors.js";
import { isCancellation } from "../tasks/is-cancellation.js";
import { Scope } from "../tasks/scope.js";
import type { CloudEvent } from "./cloud-event.js";
import type { HandlerContext, Subscription } from "./event-handler.js";
import type { EventOwner } from "./event-owner.js";
import type { Publication } from "./publication.js";
import { Subscriber } from "./subscriber.js";

/** What a subscription is made of. */
export interface HandlerOptions {
  readonly owner: EventOwner;
  readonly pattern: string;
  readonly handler: (event: CloudEvent, context: HandlerContext) => unknown;
  readonly isOnce: boolean;
}

/** Gives each event to a handler at once. Whatever way the handler fails, nobody learns of it but the publication. */
export class HandlerSubscription extends Subscriber implements Subscription {
  protected readonly owner: EventOwner;
  readonly #handler: HandlerOptions["handler"];
  readonly #isOnce: boolean;
  readonly #scope = new Scope();
  readonly #context: HandlerContext;
  #running = 0;
  #idle: (() => void)[] = [];

  constructor({ owner, pattern, handler, isOnce }: HandlerOptions) {
    super(pattern);
    this.owner = owner;
    this.#handler = handler;
    this.#isOnce = isOnce;
    const scope = this.#scope;
    this.#context = Object.freeze({
      get signal() {
        return scope.signal;
      },
    });
  }

  unsubscribe(): void {
    this.end(new TaskError("CANCELLED", `Module "${this.owner.id}" has unsubscribed from "${this.pattern}".`));
  }

  async [Symbol.asyncDispose](): Promise<void> {
    this.unsubscribe();
    await this.whenIdle();
  }

  override end(reason: unknown): void {
    this.detach();
    this.#scope.end(reason);
  }

  override whenIdle(): Promise<void> {
    return new Promise((resolve) => {
      if (this.#running === 0) resolve();
      else this.#idle.push(resolve);
    });
  }

  protected override receive(publication: Publication): void {
    this.run(publication);
    if (this.#isOnce) this.detach();
  }

  protected run(publication: Publication, onEnd?: () => void): void {
    this.#running += 1;
    const end = (outcome: unknown, hasFailed: boolean) => {
      this.#running -= 1;
      this.#report(publication, outcome, hasFailed);
      onEnd?.();
      if (this.#running === 0) for (const resolve of this.#idle.splice(0)) resolve();
    };
    this.#call(publication.event).then(
      (outcome) => end(outcome, isFailure(outcome)),
      (error: unknown) => end(error, true),
    );
  }

  /** Calls the handler. A legacy one may be a plain function: its throw is a rejection here. */
  #call(event: CloudEvent): Promise<unknown> {
    try {
      return Promise.resolve(this.owner.enclose(() => this.#handler(event, this.#context)));
    } catch (error) {
      return Promise.reject(error);
    }
  }

  #report(publication: Publication, outcome: unknown, hasFailed: boolean): void {
    const isCancelled = hasFailed && this.#scope.hasEnded && isCancellation(outcome, this.#scope.reason);
    if (!hasFailed || isCancelled) publication.settle();
    else publication.fail(this.owner, this.pattern, isFailure(outcome) ? outcome.error : outcome);
  }
}
