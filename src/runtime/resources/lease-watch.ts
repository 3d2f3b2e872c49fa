import type { Logger } from "../services/logger.js";
import type { Clock } from "../tasks/clock.js";

/** Where a call was made: its stack is written when somebody reads it. */
export interface CallPlace {
  readonly stack?: string;
}

/** The place where `call` was called, which has led here. */
export function locate(call: Function): CallPlace {
  const place = {};
  Error.captureStackTrace(place, call);
  return place;
}

/** A lease that has not ended. */
interface Holding {
  readonly place: CallPlace;
  readonly begunMs: number;
}

/** What a watch is made with. */
export interface WatchOptions {
  readonly leakWarningMs: number;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Warns of leases that are held for too long, and tells where they were acquired. */
export class LeaseWatch {
  readonly #options: WatchOptions;
  readonly #holdings = new Set<Holding>();

  constructor(options: WatchOptions) {
    this.#options = options;
  }

  /** A lease begins. The function it gives back ends it. */
  begin(place: CallPlace): () => void {
    const { clock, leakWarningMs } = this.#options;
    const holding = { place, begunMs: clock.now() };
    this.#holdings.add(holding);
    const cancelTimer = clock.schedule(() => this.#warn("a lease is held for long", holding), leakWarningMs);
    return () => {
      cancelTimer();
      this.#holdings.delete(holding);
    };
  }

  /** Warns of every lease that has not ended when the closing of its pool has gone on for long. Gives the end of the waiting. */
  beginClosing(): () => void {
    const { clock, leakWarningMs } = this.#options;
    return clock.schedule(() => {
      for (const holding of this.#holdings) this.#warn("a lease keeps its pool from closing", holding);
    }, leakWarningMs);
  }

  #warn(message: string, { place, begunMs }: Holding): void {
    const { clock, logger } = this.#options;
    const acquired =
      place.stack
        ?.split("\n")
        .slice(1)
        .map((line) => line.trim()) ?? [];
    logger.warn(message, { heldMs: Math.round(clock.now() - begunMs), acquired: acquired.join("\n") });
  }
}
