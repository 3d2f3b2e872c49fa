import { onAbort } from "../tasks/on-abort.js";
import { Scope } from "../tasks/scope.js";
import { streamFailed } from "./errors.js";
import { Pace } from "./pace.js";
import type { Feed, Receiver, Waiting } from "./receiver.js";

/**
 * One passage of items from their source to their end. It is over when all of its work is: the source is closed, and no
 * task is left. The first failure ends its scope, and is what it rejects with.
 */
export class Run {
  readonly scope = new Scope();
  readonly pace = new Pace();
  #working = 0;
  #failure: { readonly error: unknown } | undefined;
  #finish!: () => void;

  /** Rejects at once with the reason of a signal that aborts, and does not wait for what goes on then. */
  start<T>(feed: Feed<T>, receiver: Receiver<T>, signals: readonly AbortSignal[]): Promise<void> {
    return new Promise((resolve, reject) => {
      const release = onAnyAbort(signals, (reason) => {
        reject(reason);
        this.scope.end(reason);
      });
      this.#finish = () => {
        release();
        if (this.#failure) reject(this.#failure.error);
        else resolve();
      };
      void this.follow(() => feed(receiver));
    });
  }

  /** Does work that the run shall wait for. Never rejects: a failure is that of the run. */
  async follow(work: () => Waiting): Promise<void> {
    this.#working++;
    try {
      await work();
    } catch (error) {
      this.fail(error);
    }
    if (--this.#working === 0) this.#finish();
  }

  fail(error: unknown): void {
    this.#failure ??= { error };
    if (!this.scope.hasEnded) this.scope.end(streamFailed(error));
  }
}

/** Calls back when the first of them aborts. */
function onAnyAbort(signals: readonly AbortSignal[], callback: (reason: unknown) => void): () => void {
  const releases: (() => void)[] = [];
  const release = () => {
    for (const leave of releases) leave();
  };
  for (const signal of signals) {
    const leave = onAbort(signal, (reason) => {
      release();
      callback(reason);
    });
    releases.push(leave);
  }
  return release;
}
