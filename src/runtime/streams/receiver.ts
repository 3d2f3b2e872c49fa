import type { Scope } from "../tasks/scope.js";
import type { Run } from "./run.js";

/** Nothing to wait for, or a promise that settles when the next item may come. */
export type Waiting = Promise<void> | undefined;

/**
 * What items are pushed into: a stage, or the end of a stream. Items come one after another: the next one when the
 * promise that `push` gave has fulfilled. A stage without anything to wait for makes no promise, which makes it fast.
 */
export interface Receiver<T> {
  readonly run: Run;
  /** Ends when no more items are wanted: nothing is pushed then. Who has waited looks at it before going on. */
  readonly scope: Scope;
  readonly push: (item: T) => Waiting;
  /** No more items come. Is not called when the run has failed or was given up. */
  readonly end: () => Waiting;
}

/** Where items come from: pushes all of them, until they end or the receiver's scope does, and ends the receiver. */
export type Feed<T> = (receiver: Receiver<T>) => Promise<void>;

/** A receiver that pushes into another one. */
export abstract class Relay<I, O> implements Receiver<I> {
  readonly run: Run;
  readonly scope: Scope;
  protected readonly next: Receiver<O>;

  constructor(next: Receiver<O>, scope = next.scope) {
    this.next = next;
    this.scope = scope;
    this.run = next.run;
  }

  abstract push(item: I): Waiting;

  end(): Waiting {
    return this.run.scope.hasEnded ? undefined : this.next.end();
  }

  /** Goes on with a value when it is there. */
  protected async continueWith<V>(value: PromiseLike<V>, proceed: (value: V) => Waiting): Promise<void> {
    const settled = await value;
    if (!this.scope.hasEnded) await proceed(settled);
  }
}
