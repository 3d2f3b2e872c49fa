import { onAbort } from "./on-abort.js";

type Callback = (reason: unknown) => void;

interface SharedListener {
  readonly callbacks: Set<Callback>;
  readonly stop: () => void;
}

/**
 * Calls back when signals abort, by one listener a signal, however many wait for the same one: Node warns of more than ten,
 * and is slow with many.
 */
export class AbortListeners {
  readonly #shared = new Map<AbortSignal, SharedListener>();

  /** Calls back once when the signal aborts, or at once if it has. The function it gives back stops that. */
  add(signal: AbortSignal, callback: Callback): () => void {
    if (signal.aborted) return onAbort(signal, callback);
    const { callbacks, stop } = this.#shared.get(signal) ?? this.#listenTo(signal);
    callbacks.add(callback);
    return () => {
      if (!callbacks.delete(callback) || callbacks.size > 0) return;
      this.#shared.delete(signal);
      stop();
    };
  }

  #listenTo(signal: AbortSignal): SharedListener {
    const callbacks = new Set<Callback>();
    const stop = onAbort(signal, (reason) => {
      this.#shared.delete(signal);
      for (const callback of callbacks) callback(reason);
    });
    const shared = { callbacks, stop };
    this.#shared.set(signal, shared);
    return shared;
  }
}
