import { setMaxListeners } from "node:events";
import { onAbort } from "./on-abort.js";

/** What ends together with a scope. */
export interface ScopePart {
  end(reason: unknown): void;
}

/**
 * The time during which some work may run. It ends once, for one reason, and its signal aborts then; so do the scopes
 * within it. The signal is made when somebody first asks for it, because most work never does.
 */
export class Scope implements ScopePart {
  #controller: AbortController | undefined;
  #ending: { readonly reason: unknown } | undefined;
  #parts: Set<ScopePart> | undefined;
  #leave: (() => void) | undefined;

  constructor(parent?: Scope | AbortSignal) {
    if (parent instanceof Scope) this.#leave = parent.add(this);
    else if (parent) this.#leave = onAbort(parent, (reason) => this.end(reason));
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      setMaxListeners(0, this.#controller.signal);
      if (this.#ending) this.#controller.abort(this.#ending.reason);
    }
    return this.#controller.signal;
  }

  get hasEnded(): boolean {
    return this.#ending !== undefined;
  }

  /** Why it has ended, if it has. */
  get reason(): unknown {
    return this.#ending?.reason;
  }

  /** Throws the reason if it has ended. */
  throwIfAborted(): void {
    if (this.#ending) throw this.#ending.reason;
  }

  /** Calls back once when it ends, or at once if it has; costs less than a listener of the signal. The function it gives back stops that. */
  onEnd(callback: (reason: unknown) => void): () => void {
    return this.add({ end: callback });
  }

  /** Ends the part when this scope ends, or at once if it has. The function it gives back lets go of it. */
  add(part: ScopePart): () => void {
    if (this.#ending) part.end(this.#ending.reason);
    else (this.#parts ??= new Set()).add(part);
    return () => void this.#parts?.delete(part);
  }

  end(reason: unknown): void {
    if (!this.#ending) this.#end({ reason });
  }

  /** Ends it for an error that is made when somebody asks for the reason: most have nobody left who would. */
  endBy(makeReason: () => Error): void {
    if (!this.#ending) this.#end(new LateReason(makeReason));
  }

  #end(ending: { readonly reason: unknown }): void {
    this.#ending = ending;
    this.#leave?.();
    this.#controller?.abort(ending.reason);
    for (const part of this.#parts ?? []) part.end(ending.reason);
    this.#parts = undefined;
  }
}

class LateReason {
  readonly #make: () => Error;
  #reason: Error | undefined;

  constructor(make: () => Error) {
    this.#make = make;
  }

  get reason(): Error {
    return (this.#reason ??= this.#make());
  }
}
