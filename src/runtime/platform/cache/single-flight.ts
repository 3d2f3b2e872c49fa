import { Scope } from "../../tasks/scope.js";
import { withAbort } from "../../tasks/with-abort.js";

interface Flight {
  readonly promise: Promise<unknown>;
  readonly scope: Scope;
  waiting: number;
}

/**
 * Work by key: calls at the same time share one run, which is aborted when none of them waits for it any more. What runs
 * for one key gives one type; that is the word of the caller.
 */
export class SingleFlight {
  readonly #flights = new Map<string, Flight>();

  /** Settles like the run, or rejects when the signal aborts, which ends this waiting alone. */
  async run<T>(key: string, signal: AbortSignal, work: (signal: AbortSignal) => Promise<T>): Promise<T> {
    const flight = this.#flights.get(key) ?? this.#begin(key, work);
    flight.waiting++;
    try {
      return (await withAbort(flight.promise, signal)) as T;
    } finally {
      if (--flight.waiting === 0) {
        this.#forget(key, flight);
        flight.scope.end(signal.reason);
      }
    }
  }

  #begin(key: string, work: (signal: AbortSignal) => Promise<unknown>): Flight {
    const scope = new Scope();
    const flight: Flight = { promise: work(scope.signal), scope, waiting: 0 };
    this.#flights.set(key, flight);
    const forget = () => this.#forget(key, flight);
    flight.promise.then(forget, forget);
    return flight;
  }

  #forget(key: string, flight: Flight): void {
    if (this.#flights.get(key) === flight) this.#flights.delete(key);
  }
}
