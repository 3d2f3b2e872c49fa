import { Readable } from "node:stream";
import type { Dispatcher } from "undici";
import type { Clock } from "../tasks/clock.js";
import { onAbort } from "../tasks/on-abort.js";

export interface ResponseStreamOptions {
  readonly controller: Dispatcher.DispatchController;
  readonly maxBytes: number;
  /** How long the next piece may take. */
  readonly timeoutMs: number;
  readonly clock: Clock;
  readonly signal: AbortSignal | undefined;
  readonly onTooLarge: () => Error;
  readonly onTimeout: () => Error;
}

/** A body while it arrives, no faster than it is read. Its connection is free when it is closed. */
export class ResponseStream extends Readable {
  readonly #options: ResponseStreamOptions;
  readonly #stopListening: () => void;
  #bytes = 0;
  #cancelTimer: (() => void) | undefined;

  constructor(options: ResponseStreamOptions) {
    super();
    this.#options = options;
    this.#stopListening = onAbort(options.signal, (reason) => this.destroy(reason as Error));
    // An error is told by the reading. The listener keeps it from being thrown when nobody has begun to read.
    this.on("error", () => {});
  }

  /** Takes what arrived. */
  add(chunk: Buffer): void {
    this.#stopTimer();
    this.#bytes += chunk.length;
    if (this.#bytes > this.#options.maxBytes) this.destroy(this.#options.onTooLarge());
    else if (!this.push(chunk)) this.#options.controller.pause();
  }

  /** Says that nothing more arrives. */
  finish(): void {
    this.#stopTimer();
    this.push(null);
  }

  override _read(): void {
    const { controller, clock, timeoutMs, onTimeout } = this.#options;
    this.#cancelTimer ??= clock.schedule(() => this.destroy(onTimeout()), timeoutMs);
    controller.resume();
  }

  override _destroy(error: Error | null, callback: (error?: Error | null) => void): void {
    this.#stopTimer();
    this.#stopListening();
    this.#options.controller.abort(error ?? new Error("The body was not read to its end."));
    callback(error);
  }

  /** Closes the stream. Unlike that of `Readable`, it does not throw what the reading has thrown already. */
  override async [Symbol.asyncDispose](): Promise<void> {
    if (this.closed) return;
    const closed = new Promise<void>((resolve) => void this.once("close", resolve));
    this.destroy();
    await closed;
  }

  #stopTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = undefined;
  }
}
