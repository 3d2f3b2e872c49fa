import { withAbort } from "../tasks/with-abort.js";
import type { ExecuteOptions, PolicyContext } from "./policy-work.js";

/** One attempt of a call, as the policies hand it on. A signal is made when the work asks for one, because most never does. */
export class Call implements PolicyContext {
  readonly attempt: number;
  readonly #source: ExecuteOptions;
  #own: AbortSignal | undefined;

  /** The source is asked for its signal when that is needed, and not before. */
  constructor(source: ExecuteOptions, attempt = 1) {
    this.#source = source;
    this.attempt = attempt;
  }

  get signal(): AbortSignal {
    return this.findSignal() ?? (this.#own ??= new AbortController().signal);
  }

  /** The signal, if there is anybody who could abort this call. */
  findSignal(): AbortSignal | undefined {
    return this.#source.signal;
  }

  /** The same call, begun once more. */
  repeat(attempt: number): Call {
    return new Call(this.#source, attempt);
  }

  /** Begins the work. Settles like it, or rejects at once with the reason of an abort. */
  begin<R>(work: (context: PolicyContext) => PromiseLike<R>): PromiseLike<R> {
    const signal = this.findSignal();
    return signal ? withAbort(Promise.resolve(work(this)), signal) : work(this);
  }
}
