import { setImmediate } from "node:timers";
import type { ScopePart } from "../tasks/scope.js";
import type { Feed, Receiver, Waiting } from "./receiver.js";
import { type OpenSource, openSource, type Source } from "./source.js";
import type { Blame } from "./stage.js";
import { isThenable } from "./thenable.js";

type Answer<T> = IteratorResult<T | PromiseLike<T>, unknown>;

/** A feed of all items of the source. */
export function feedFrom<T>(source: Source<T>): Feed<T> {
  return async (receiver) => {
    await readInto(source, receiver);
    if (!receiver.run.scope.hasEnded) await receiver.end();
  };
}

/** Pushes the items of the source into the receiver until they end or nothing more is wanted. The source is closed then. */
export function readInto<T>(source: Source<T>, receiver: Receiver<T>, blame: Blame = unchanged): Waiting {
  if (isPlainArray<T>(source)) return new ArrayReading(source, receiver, blame).read();
  return new IteratorReading(open(source, blame), receiver, blame).read();
}

const unchanged: Blame = (error) => error;

function open<T>(source: Source<T>, blame: Blame): OpenSource<T> {
  try {
    return openSource(source);
  } catch (error) {
    throw blame(error);
  }
}

function isPlainArray<T>(source: unknown): source is readonly (T | PromiseLike<T>)[] {
  return Array.isArray(source) && source[Symbol.iterator] === Array.prototype[Symbol.iterator];
}

/** An array needs no iterator and no closing: reading it makes no promise until a stage does. */
class ArrayReading<T> {
  readonly #items: readonly (T | PromiseLike<T>)[];
  readonly #receiver: Receiver<T>;
  readonly #blame: Blame;
  #index = 0;

  constructor(items: readonly (T | PromiseLike<T>)[], receiver: Receiver<T>, blame: Blame) {
    this.#items = items;
    this.#receiver = receiver;
    this.#blame = blame;
  }

  read(): Waiting {
    const waiting = this.#readOn();
    return waiting && this.#readAfter(waiting);
  }

  /** Gives what it must wait for, and nothing when it has finished. */
  #readOn(): Waiting {
    const { scope, run } = this.#receiver;
    while (this.#index < this.#items.length && !scope.hasEnded) {
      if (run.pace.isTurnDue()) return run.pace.turn();
      const waiting = pushSettled(this.#items[this.#index++]!, this.#receiver, this.#blame);
      if (waiting) return waiting;
    }
    return undefined;
  }

  async #readAfter(first: Promise<void>): Promise<void> {
    for (let waiting: Waiting = first; waiting; waiting = this.#readOn()) await waiting;
  }
}

/**
 * Reads an iterator, and closes it once: when nothing more is wanted, and when the receiver fails. Callbacks, and no
 * async function: they are faster, and an answer that never comes holds up nothing.
 */
class IteratorReading<T> implements ScopePart {
  readonly #source: OpenSource<T>;
  readonly #receiver: Receiver<T>;
  readonly #blame: Blame;
  #isAsking = false;
  /** Is no more to be read? */
  #isOver = false;
  /** Once the source needs no closing, or has been told to. */
  #closing: Promise<unknown> | undefined;
  #resolve!: () => void;
  #reject!: (error: unknown) => void;

  constructor(source: OpenSource<T>, receiver: Receiver<T>, blame: Blame) {
    this.#source = source;
    this.#receiver = receiver;
    this.#blame = blame;
  }

  read(): Promise<void> {
    const { run, scope } = this.#receiver;
    const reading = new Promise<void>((resolve, reject) => {
      this.#resolve = resolve;
      this.#reject = reject;
    });
    const leaves = [scope, run.scope].map((scope) => scope.add(this));
    this.#readOn();
    return reading.finally(() => {
      for (const leave of leaves) leave();
    });
  }

  /**
   * Nothing more is wanted. A source that has been asked may never answer, so it is told to close and not awaited. Otherwise
   * the last item is still being taken: the source is closed after that, unless the whole run has ended.
   */
  end(): void {
    this.#isOver = true;
    if (this.#isAsking) {
      // Not at once: a generator that ends its own stream cannot be closed while it runs.
      queueMicrotask(() => void this.#close().catch(() => {}));
      this.#resolve();
    } else if (this.#receiver.run.scope.hasEnded) this.#close().catch(() => {});
  }

  /** Asks until there is something to wait for. */
  readonly #readOn = (): void => {
    const { pace } = this.#receiver.run;
    try {
      while (!this.#isOver) {
        if (pace.isTurnDue()) return void setImmediate(this.#readOn);
        this.#isAsking = true;
        const answer = this.#source.iterator.next();
        if (isThenable(answer)) return void answer.then(this.#readAnswer, this.#failSource);
        const waiting = this.#take(answer);
        if (waiting) return void waiting.then(this.#readOn, this.#failReceiver);
      }
      this.#close().then(this.#resolve, this.#reject);
    } catch (error) {
      if (this.#isAsking) this.#failSource(error);
      else this.#failReceiver(error);
    }
  };

  readonly #readAnswer = (answer: Answer<T>): void => {
    try {
      const waiting = this.#take(answer);
      if (waiting) waiting.then(this.#readOn, this.#failReceiver);
      else this.#readOn();
    } catch (error) {
      this.#failReceiver(error);
    }
  };

  #take(answer: Answer<T>): Waiting {
    this.#isAsking = false;
    if (this.#isOver) return undefined;
    if (!answer.done) return pushSettled(answer.value, this.#receiver, this.#blame);
    this.#isOver = true;
    this.#closing = Promise.resolve();
    return undefined;
  }

  readonly #failSource = (error: unknown): void => {
    this.#isOver = true;
    this.#closing ??= Promise.resolve();
    this.#reject(this.#blame(error));
  };

  readonly #failReceiver = (error: unknown): void => {
    const reject = () => this.#reject(error);
    this.#isOver = true;
    this.#close().then(reject, reject);
  };

  #close(): Promise<unknown> {
    return (this.#closing ??= (async () => this.#source.close())());
  }
}

/** A source may give promises: what comes through a stream is never one. */
function pushSettled<T>(item: T | PromiseLike<T>, receiver: Receiver<T>, blame: Blame): Waiting {
  return isThenable(item) ? pushLater(item, receiver, blame) : receiver.push(item);
}

async function pushLater<T>(item: PromiseLike<T>, receiver: Receiver<T>, blame: Blame): Promise<void> {
  let settled: T;
  try {
    settled = await item;
  } catch (error) {
    throw blame(error);
  }
  if (!receiver.scope.hasEnded) await receiver.push(settled);
}
