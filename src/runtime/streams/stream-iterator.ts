import { AsyncResource } from "node:async_hooks";
import { Queue } from "../events/queue.js";
import { unwanted } from "./errors.js";
import type { Feed, Receiver, Waiting } from "./receiver.js";
import { Run } from "./run.js";

interface Request<T> {
  readonly resolve: (step: IteratorResult<T, undefined>) => void;
  readonly reject: (error: unknown) => void;
}

/**
 * Gives the items of a feed to who asks for them. Nothing is read before somebody asks, and nothing is kept: an item is
 * pushed only when it has been asked for.
 */
export class StreamIterator<T> implements AsyncIterableIterator<T, undefined, undefined> {
  readonly #run = new Run();
  readonly #requests = new Queue<Request<T>>();
  readonly #passage: () => Promise<void>;
  #waiting = 0;
  #isStarted = false;
  #isOver = false;
  #ended: Promise<void> | undefined;
  #failure: { readonly error: unknown } | undefined;
  #proceed = () => {};

  /** It runs in the async context in which it was made. */
  constructor(feed: Feed<T>, signals: readonly AbortSignal[]) {
    const receiver: Receiver<T> = {
      run: this.#run,
      scope: this.#run.scope,
      push: (item) => this.#answer(item),
      end: () => undefined,
    };
    this.#passage = AsyncResource.bind(() => this.#run.start(feed, receiver, signals));
    this.#run.scope.add({ end: () => this.#proceed() });
  }

  next(): Promise<IteratorResult<T, undefined>> {
    return new Promise((resolve, reject) => {
      this.#requests.add({ resolve, reject });
      this.#waiting++;
      if (this.#isOver) this.#answerRest();
      else if (this.#isStarted) this.#proceed();
      else this.#start();
    });
  }

  /** Closes the source and ends what is running, and waits for both. */
  async return(): Promise<IteratorResult<T, undefined>> {
    this.#run.scope.end(unwanted());
    if (!this.#isStarted) this.#start();
    await this.#ended;
    this.#throwFailure();
    return { done: true, value: undefined };
  }

  async [Symbol.asyncDispose](): Promise<void> {
    await this.return();
  }

  [Symbol.asyncIterator](): this {
    return this;
  }

  #start(): void {
    this.#isStarted = true;
    this.#ended = this.#passage().then(
      () => this.#end(undefined),
      (error: unknown) => this.#end({ error }),
    );
  }

  #answer(item: T): Waiting {
    this.#requests.take()!.resolve({ done: false, value: item });
    if (--this.#waiting > 0) return undefined;
    return new Promise((resolve) => (this.#proceed = resolve));
  }

  #end(failure: { readonly error: unknown } | undefined): void {
    this.#isOver = true;
    this.#failure = failure;
    this.#answerRest();
  }

  #answerRest(): void {
    for (let request = this.#requests.take(); request; request = this.#requests.take()) {
      try {
        this.#throwFailure();
        request.resolve({ done: true, value: undefined });
      } catch (error) {
        request.reject(error);
      }
    }
  }

  /** A failure is told once. */
  #throwFailure(): void {
    const failure = this.#failure;
    this.#failure = undefined;
    if (failure) throw failure.error;
  }
}
